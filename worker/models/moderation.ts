import * as z from 'zod/mini'
import { AppError } from '../contract/app-error.ts'
import type { List } from '../contract/list.ts'
import {
  type AppealAnswer,
  type Decision,
  type LogEntry,
  logEntry,
  type Report,
  report,
  type TransparencyMonth,
  transparencyMonth,
} from '../contract/moderation.ts'
import type { ReportKind } from '../contract/report.ts'
import type { Rule } from '../contract/rules.ts'
import { statement } from '../contract/statement.ts'
import type { Db } from '../db/client.ts'
import { nudged } from '../db/nudged.ts'
import { nudges, readFunction, writeFunction } from '../db/query.ts'
import type { Viewer } from '../viewer.ts'
import { isUuid, type Paging, readCursor, toList } from './paging.ts'
import { type PurgeTarget, purgeTarget } from './purge-targets.ts'

/** The author's handle, null once their account is deleted; the pages to purge, and the users to nudge. */
const decided = z.object({
  handle: z.nullable(z.string()),
  purge_targets: z.array(purgeTarget),
  nudged,
})

export const readReports = readFunction({
  name: 'read_reports',
  params: {
    viewer_sub: 'text',
    state: 'text',
    kind: 'text?',
    reason: 'text?',
    after: 'uuid?',
    page_size: 'integer',
  },
  row: z.object({ report, position: z.string() }),
  requiresViewer: true,
})
export const openReportFunction = writeFunction({
  name: 'open_report',
  params: { viewer_sub: 'text', report_uuid: 'uuid' },
  row: z.object({
    report,
    reference: z.string(),
    sealed_copy: z.nullable(z.string()),
    sealed_images: z.array(z.string()),
    statement: z.nullable(statement),
    sealed_appeal: z.nullable(z.string()),
    history: z.array(statement),
  }),
  requiresViewer: true,
})
export const readSealedImage = readFunction({
  name: 'read_sealed_image',
  params: { viewer_sub: 'text', report_uuid: 'uuid', position: 'integer' },
  row: z.object({ image_uuid: z.string() }),
  requiresViewer: true,
})
export const decideReport = writeFunction({
  name: 'decide_report',
  params: {
    viewer_sub: 'text',
    report_uuid: 'uuid',
    action: 'text',
    warning: 'text?',
    suspended_until: 'text?',
    rule: 'text',
    statement: 'text?',
  },
  row: z.extend(decided, { conversation_uuid: z.nullable(z.string()) }),
  requiresViewer: true,
  nudges,
})
export const undoDecision = writeFunction({
  name: 'undo_decision',
  params: { viewer_sub: 'text', report_uuid: 'uuid' },
  row: decided,
  requiresViewer: true,
  nudges,
})
export const answerAppealFunction = writeFunction({
  name: 'answer_appeal',
  params: { viewer_sub: 'text', report_uuid: 'uuid', decision: 'text', answer: 'text' },
  row: decided,
  requiresViewer: true,
  nudges,
})
export const readModerationLog = readFunction({
  name: 'read_moderation_log',
  params: { viewer_sub: 'text', before: 'uuid?', page_size: 'integer' },
  row: logEntry,
  requiresViewer: true,
})
export const readTransparency = readFunction({ name: 'read_transparency', params: {}, row: transparencyMonth })

type Filter = { state: string; kind?: ReportKind | undefined; reason?: Rule | undefined }

/** Returns reports, oldest first. */
export async function reportsFor(
  db: Db,
  moderator: Viewer,
  { state, kind, reason, cursor, limit }: Filter & Paging,
): Promise<List<Report>> {
  const [after = null] = readCursor(cursor, 1)
  const rows = await db.read(readReports, {
    viewer_sub: moderator.sub,
    state,
    kind: kind ?? null,
    reason: reason ?? null,
    after,
    page_size: limit + 1,
  })
  const list = toList(rows, limit, (last) => last.position)
  return { ...list, data: list.data.map((row) => row.report) }
}

/** An opened report with its encrypted parts. */
export type SealedReport = z.infer<typeof openReportFunction.row>

/** Opens a report, which is logged. @throws AppError not_found. */
export async function openReport(db: Db, moderator: Viewer, uuid: string): Promise<SealedReport> {
  if (!isUuid(uuid)) throw new AppError('not_found')
  const row = await db.writeOne(openReportFunction, { viewer_sub: moderator.sub, report_uuid: uuid })
  if (!row) throw new AppError('not_found')
  return row
}

/**
 * Returns the object with the encrypted copy of a reported image, 1 being the first. @throws AppError not_found, also unless the
 * moderator has opened the report within ten minutes.
 */
export async function sealedImage(db: Db, moderator: Viewer, uuid: string, position: string): Promise<string> {
  if (!isUuid(uuid) || !/^[1-9]$/.test(position)) throw new AppError('not_found')
  const given = { viewer_sub: moderator.sub, report_uuid: uuid, position: Number(position) }
  const row = await db.readOne(readSealedImage, given)
  if (!row) throw new AppError('not_found')
  return row.image_uuid
}

/** What a decision changes on public pages. `handle` is null if nothing of its author is shown any more. */
export type Purged = { handle: string | null; purgeTargets: PurgeTarget[] }

const toPurged = (row: z.infer<typeof decided> | undefined): Purged => ({
  handle: row?.handle ?? null,
  purgeTargets: row?.purge_targets ?? [],
})

/**
 * Decides about a report. Also returns the conversation of a deleted message, and the users who got a notification: its members. @throws AppError not_found, report_decided, decision_invalid.
 */
export async function decide(
  db: Db,
  moderator: Viewer,
  uuid: string,
  sent: Decision,
): Promise<Purged & { conversationUuid: string | null; nudged: string[] }> {
  if (!isUuid(uuid)) throw new AppError('not_found')
  const { action, rule, statement: reasons, warning, until } = sent
  const row = await db.writeOne(decideReport, {
    viewer_sub: moderator.sub,
    report_uuid: uuid,
    action,
    warning: action === 'warn' ? (warning ?? null) : null,
    suspended_until: action === 'suspend' ? (until ?? 'infinity') : null,
    rule,
    statement: reasons ?? null,
  })
  return {
    ...toPurged(row),
    conversationUuid: row?.conversation_uuid ?? null,
    nudged: (row?.nudged ?? []).map(({ user_uuid }) => user_uuid),
  }
}

/** Undoes a decision and opens its reports again. @throws AppError not_found, report_decided if there is none to undo. */
export async function undo(db: Db, moderator: Viewer, uuid: string): Promise<Purged> {
  if (!isUuid(uuid)) throw new AppError('not_found')
  return toPurged(await db.writeOne(undoDecision, { viewer_sub: moderator.sub, report_uuid: uuid }))
}

/** Answers an appeal. @throws AppError not_found without an appeal, report_decided once answered, another_moderator. */
export async function answerAppeal(db: Db, moderator: Viewer, uuid: string, sent: AppealAnswer): Promise<Purged> {
  if (!isUuid(uuid)) throw new AppError('not_found')
  return toPurged(await db.writeOne(answerAppealFunction, { viewer_sub: moderator.sub, report_uuid: uuid, ...sent }))
}

/** Returns what moderators did and opened, the newest first. */
export async function moderationLog(db: Db, moderator: Viewer, { cursor, limit }: Paging): Promise<List<LogEntry>> {
  const [before = null] = readCursor(cursor, 1)
  const rows = await db.read(readModerationLog, { viewer_sub: moderator.sub, before, page_size: limit + 1 })
  return toList(rows, limit, (last) => last.uuid)
}

/** Returns the numbers of the last 24 months, the newest first. */
export const monthsOf = (db: Db): Promise<TransparencyMonth[]> => db.read(readTransparency, {})
