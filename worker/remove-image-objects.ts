import type { RequestContext } from './context.ts'
import type { AppError } from './contract/app-error.ts'
import { awaitBucket } from './models/await-pictures.ts'
import { imageKey } from './models/images.ts'
import { reportError } from './observe/report.ts'

/** R2's limit of objects per call. */
const BATCH = 1_000

/** Deletes the objects of deleted images after the response. A failure is reported; the cron deletes them again in any case. */
export function removeImageObjects(context: RequestContext, uuids: readonly string[]): void {
  for (let at = 0; at < uuids.length; at += BATCH) {
    const removing = awaitBucket(context.settings.avatars.delete(uuids.slice(at, at + BATCH).map(imageKey)))
    context.waitUntil(removing.catch((error: AppError) => reportError(error, context)))
  }
}
