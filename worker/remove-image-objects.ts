import type { RequestContext } from './context.ts'
import type { AppError } from './contract/app-error.ts'
import { awaitBucket } from './models/await-media.ts'
import { imageObjectKey } from './models/images.ts'
import { reportError } from './observe/report.ts'

/** R2's limit of objects per call. */
const BATCH = 1_000

/** Deletes the objects of deleted images after the response. A failure is reported; the cron deletes them once more in any case. */
export function removeImageObjects(context: RequestContext, uuids: readonly string[]): void {
  for (let start = 0; start < uuids.length; start += BATCH) {
    const removing = awaitBucket(context.settings.avatars.delete(uuids.slice(start, start + BATCH).map(imageObjectKey)))
    context.waitUntil(removing.catch((error: AppError) => reportError(error, context)))
  }
}
