import type { RequestContext } from '../context.ts'
import { AppError } from '../contract/app-error.ts'
import type { ErrorItem } from '../contract/error.ts'
import { REPORTS_PER_HOUR } from '../contract/limits.ts'
import type { NewReport, ReportKind } from '../contract/report.ts'
import { hmac, sha256, toHex } from '../digest.ts'
import { imageUuidIn } from '../image-url.ts'
import { createReport } from '../models/reports.ts'
import type { Viewer } from '../viewer.ts'
import { sealEvidence } from './evidence.ts'
import { verifyReportToken } from './report-token.ts'
import { sealImages } from './sealed-images.ts'

/** In seconds. */
const HOUR = 3_600

/** Crockford's base 32: no letters that look like digits. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Returns a reference that nobody can guess, such as 7K3M-9QXP-2TVC: 60 random bits. */
const newReference = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => ALPHABET[byte % 32])
    .join('')
    .replace(/(.{4})(?=.)/g, '$1-')

/** What is reported. Author and expiry of an activity or message come from its token. */
type Subject = {
  kind: ReportKind
  handle: string | null
  subject_uuid: string | null
  author_uuid: string | null
  expires_at: string | null
}

/** Returns the images that a report shows, by uuid. */
const imagesOf = ({ images = [] }: NewReport) => images.map(({ url, alt }) => ({ uuid: imageUuidIn(url) ?? '', alt }))

/** Returns what a report is about. @throws AppError report_token_invalid unless the token was made for its text. */
async function subjectOf({ settings }: RequestContext, sent: NewReport): Promise<Subject> {
  if (sent.handle !== undefined) {
    return { kind: 'user', handle: sent.handle, subject_uuid: null, author_uuid: null, expires_at: null }
  }
  const kind = sent.activity_uuid === undefined ? 'message' : 'activity'
  const uuid = (sent.activity_uuid ?? sent.message_uuid ?? '').toLowerCase()
  const shown = {
    kind,
    uuid,
    message: sent.message ?? '',
    warning: sent.warning ?? null,
    images: imagesOf(sent),
  } as const
  const claims = await verifyReportToken(settings, sent.report_token ?? '', shown)
  if (!claims) throw new AppError([{ code: 'report_token_invalid', field: 'report_token' }])
  return { kind, handle: null, subject_uuid: uuid, ...claims }
}

/** Returns the errors of fields that a signed-out report lacks: name, email and good faith; for child abuse only good faith. */
function missingFrom({ reason, name, email, good_faith }: NewReport): ErrorItem[] {
  const needsName = reason !== 'child_abuse'
  return [
    ...(needsName && !name ? [{ code: 'name_blank', field: 'name' } as const] : []),
    ...(needsName && !email ? [{ code: 'email_blank', field: 'email' } as const] : []),
    ...(good_faith ? [] : [{ code: 'good_faith_missing', field: 'good_faith' } as const]),
  ]
}

/**
 * Stores a report with a sealed copy of what the reporter saw and wrote, in one write; then copies the images. The same report twice
 * is one row and one answer.
 * @throws AppError unauthorized for a message, signed out; what missingFrom returns; report_token_invalid; report_self; gone more
 * than a day after the expiry; not_found; too_many_requests.
 */
export async function receiveReport(
  context: RequestContext,
  viewer: Viewer | null,
  sent: NewReport,
): Promise<{ uuid: string; reference: string; has_images: boolean }> {
  const { db, settings, clientIp } = context
  if (!viewer && sent.message_uuid !== undefined) throw new AppError('unauthorized')
  const missing = viewer ? [] : missingFrom(sent)
  if (missing.length > 0) throw new AppError(missing)
  // An ended session must not become a report without a name.
  if (viewer) db.requireSession()

  const subject = await subjectOf(context, sent)
  const reporter = viewer?.sub ?? (sent.email || clientIp || 'local')
  const images = subject.kind === 'activity' ? imagesOf(sent) : []
  const about = subject.subject_uuid ?? `@${subject.handle}`
  const reference = newReference()
  const copy = {
    message: subject.kind === 'user' ? null : (sent.message ?? null),
    warning: subject.kind === 'user' ? null : (sent.warning ?? null),
    images: images.map(({ alt }) => ({ alt })),
    note: sent.note || null,
    name: (!viewer && sent.name) || null,
    email: (!viewer && sent.email) || null,
  }
  const quotaSubject = viewer?.sub ?? clientIp
  const row = await db.writeOne(createReport, {
    viewer_sub: viewer?.sub ?? null,
    ...subject,
    reason: sent.reason,
    new_reference: reference,
    once_hash: toHex(await hmac(settings.secretKey, JSON.stringify(['report', subject.kind, about, reporter]))),
    sealed_copy: await sealEvidence(settings, copy, reference),
    images_count: images.length,
    quota_hash: quotaSubject === null ? null : toHex(await sha256(`reports\n${quotaSubject}`)),
    quota_max: REPORTS_PER_HOUR,
    quota_seconds: HOUR,
    also: (viewer && sent.also) ?? null,
  })
  if (!row?.uuid || !row.reference) {
    throw new AppError('too_many_requests', {
      retryAfter: Math.max(1, row?.seconds_left ?? HOUR),
      policy: `"reports";q=${REPORTS_PER_HOUR};w=${HOUR}`,
    })
  }
  const uuids = images.map(({ uuid }) => uuid)
  return { uuid: row.uuid, reference: row.reference, has_images: await sealImages(context, uuids, row.sealed_images) }
}
