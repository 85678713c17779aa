import * as z from 'zod/mini'
import { AppError } from '../contract/app-error.ts'
import { type Statement, statement } from '../contract/statement.ts'
import type { Db } from '../db/client.ts'
import { readFunction, writeFunction } from '../db/query.ts'
import type { Viewer } from '../viewer.ts'
import { isUuid } from './paging.ts'

export const readStatement = readFunction({
  name: 'read_statement',
  params: { viewer_sub: 'text', statement_uuid: 'uuid' },
  row: z.object({ statement }),
  requiresViewer: true,
})
export const appealStatement = writeFunction({
  name: 'appeal_statement',
  params: { viewer_sub: 'text', statement_uuid: 'uuid', sealed_appeal: 'text' },
  row: z.object({ statement }),
  requiresViewer: true,
  allowsSuspended: true,
})

/** Returns a statement of reasons to the viewer. @throws AppError not_found, also for another user's. */
export async function showStatement(db: Db, viewer: Viewer, uuid: string): Promise<Statement> {
  if (!isUuid(uuid)) throw new AppError('not_found')
  const row = await db.readOne(readStatement, { viewer_sub: viewer.sub, statement_uuid: uuid })
  if (!row) throw new AppError('not_found')
  return row.statement
}

/** Appeals against a decision about the viewer, with the text encrypted. @throws AppError not_found, already_appealed, appeal_too_late. */
export async function appeal(db: Db, viewer: Viewer, uuid: string, sealed_appeal: string): Promise<Statement> {
  if (!isUuid(uuid)) throw new AppError('not_found')
  const row = await db.writeOne(appealStatement, { viewer_sub: viewer.sub, statement_uuid: uuid, sealed_appeal })
  if (!row) throw new AppError('not_found')
  return row.statement
}
