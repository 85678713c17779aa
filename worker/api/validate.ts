import { zValidator } from '@hono/zod-validator'
import * as z from 'zod/mini'
import type { RequestContext } from '../context.ts'
import { AppError } from '../contract/app-error.ts'
import { ERROR_STATUS, type ErrorCode, type ErrorItem } from '../contract/error.ts'
import { withInput } from './describe.ts'

type Issue = { message: string; path: PropertyKey[] }

/** Schemas use error codes as messages. Zod's default messages become bad_request. */
function toItem({ message, path }: Issue): ErrorItem {
  const code = message in ERROR_STATUS ? (message as ErrorCode) : 'bad_request'
  return path.length > 0 ? { code, field: path.join('.') } : { code }
}

const throwInvalid = (result: { success: boolean; error?: unknown }) => {
  if (!result.success) throw new AppError((result.error as { issues: Issue[] }).issues.map(toItem))
}

/**
 * Validates a JSON body. `also` runs checks that need the database, only when the schema found errors, so that the form shows
 * all of them at once; the handler makes those checks for a valid body.
 * @throws AppError with all errors found.
 */
export const body = <T extends z.ZodMiniType>(
  schema: T,
  also?: (context: RequestContext, value: unknown) => Promise<ErrorItem[]>,
) =>
  withInput(
    zValidator('json', schema, async (result, c) => {
      if (result.success) return
      const items = (result.error as { issues: Issue[] }).issues.map(toItem)
      throw new AppError([...items, ...((await also?.(c.env as RequestContext, result.data)) ?? [])])
    }),
    { target: 'json', schema },
  )

/** Validates a JSON body by the schema `having` if it has `field`, else by `lacking`. */
export const bodyBy = <A extends z.ZodMiniType, B extends z.ZodMiniType>(field: string, having: A, lacking: B) => {
  const schema = z.union([having, lacking])
  const validator = zValidator('json', schema, throwInvalid, {
    validationFunction: (_, value) => {
      const has = typeof value === 'object' && value !== null && field in value
      // Each branch's result has the union's type, but zValidator's signature cannot express that.
      return (has ? having : lacking).safeParse(value) as never
    },
  })
  return withInput(validator, { target: 'json', schema })
}

/** Validates the query string. @throws AppError with all errors found. */
export const query = <T extends z.ZodMiniType>(schema: T) =>
  withInput(zValidator('query', schema, throwInvalid), { target: 'query', schema })
