import { zValidator } from '@hono/zod-validator'
import type * as z from 'zod/mini'
import { AppError } from '../contract/app-error.ts'
import { ERROR_STATUS, type ErrorCode, type ErrorItem } from '../contract/error.ts'

type Issue = { message: string; path: PropertyKey[] }

/** A schema's messages are codes of the contract; what zod says of its own accord is a malformed request. */
function toItem({ message, path }: Issue): ErrorItem {
  const code = message in ERROR_STATUS ? (message as ErrorCode) : 'bad_request'
  return path.length > 0 ? { code, field: path.join('.') } : { code }
}

const refuse = (result: { success: boolean; error?: unknown }) => {
  if (!result.success) throw new AppError((result.error as { issues: Issue[] }).issues.map(toItem))
}

/** Validates a JSON body. @throws AppError with all that is wrong at once. */
export const body = <T extends z.ZodMiniType>(schema: T) => zValidator('json', schema, refuse)

/** Validates the query string. @throws AppError with all that is wrong at once. */
export const search = <T extends z.ZodMiniType>(schema: T) => zValidator('query', schema, refuse)
