import * as z from 'zod/mini'
import { AppError } from '../contract/app-error.ts'
import { type ReportAnswer, reportAnswer } from '../contract/report.ts'
import type { Db } from '../db/client.ts'
import { readFunction, writeFunction } from '../db/query.ts'

export const createReport = writeFunction({
  name: 'create_report',
  params: {
    viewer_sub: 'text?',
    kind: 'text',
    handle: 'text?',
    subject_uuid: 'uuid?',
    author_uuid: 'uuid?',
    expires_at: 'text?',
    reason: 'text',
    new_reference: 'text',
    once_hash: 'text',
    sealed_copy: 'text',
    images_count: 'integer',
    quota_hash: 'text?',
    quota_max: 'integer',
    quota_seconds: 'integer',
    also: 'text?',
  },
  row: z.object({
    uuid: z.nullable(z.string()),
    reference: z.nullable(z.string()),
    seconds_left: z.nullable(z.number()),
    sealed_images: z.array(z.string()),
  }),
})
export const readReportAnswer = readFunction({
  name: 'read_report_answer',
  params: { known_reference: 'text' },
  row: reportAnswer,
})

/** Returns what became of a report. @throws AppError not_found for an unknown reference, and after 30 days. */
export async function answerOf(db: Db, reference: string): Promise<ReportAnswer> {
  const row = await db.readOne(readReportAnswer, { known_reference: reference.trim().toUpperCase() })
  if (!row) throw new AppError('not_found')
  return row
}
