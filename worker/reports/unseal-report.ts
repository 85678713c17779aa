import type { OpenedReport } from '../contract/moderation.ts'
import type { Env } from '../env.ts'
import type { SealedReport } from '../models/moderation.ts'
import { type Evidence, openEvidence, openText } from './evidence.ts'
import { isStored } from './sealed-images.ts'

/** Returns the images of a report with their URLs. */
const imagesOf = (env: Env, { report, sealed_images }: SealedReport, { images }: Evidence) =>
  Promise.all(
    images.map(async ({ alt }, index) => {
      const copy = sealed_images[index]
      // While the bucket is unavailable, show them as kept.
      const is_kept = copy !== undefined && (await isStored(env, copy).catch(() => true))
      return { url: `/api/moderation/reports/${report.uuid}/images/${index + 1}`, alt, is_kept }
    }),
  )

/** Decrypts copy and appeal of a report that a moderator opened. @throws Error if EVIDENCE_KEY lacks their key. */
export async function unsealReport(env: Env, sealed: SealedReport): Promise<OpenedReport> {
  const { report, reference, sealed_copy, statement, sealed_appeal, history } = sealed
  const copy = sealed_copy === null ? null : await openEvidence(env, sealed_copy, reference)
  return {
    ...report,
    copy: copy && { ...copy, images: await imagesOf(env, sealed, copy) },
    statement,
    appeal: sealed_appeal === null || !statement ? null : await openText(env, sealed_appeal, statement.uuid),
    history,
  }
}
