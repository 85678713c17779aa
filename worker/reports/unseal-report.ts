import type { OpenedReport } from '../contract/moderation.ts'
import type { Env } from '../env.ts'
import type { SealedReport } from '../models/moderation.ts'
import { openEvidence, openText } from './evidence.ts'

/** Decrypts copy and appeal of a report that a moderator opened. @throws Error if EVIDENCE_KEY lacks their key. */
export async function unsealReport(env: Env, sealed: SealedReport): Promise<OpenedReport> {
  const { report, reference, sealed_copy, statement, sealed_appeal, history } = sealed
  return {
    ...report,
    copy: sealed_copy === null ? null : await openEvidence(env, sealed_copy, reference),
    statement,
    appeal: sealed_appeal === null || !statement ? null : await openText(env, sealed_appeal, statement.uuid),
    history,
  }
}
