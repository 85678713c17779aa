import { zValidator } from '@hono/zod-validator'
import * as z from 'zod/mini'
import type { RequestContext } from '../context.ts'
import { AppError } from '../contract/app-error.ts'
import { ERROR_STATUS, type ErrorCode, type ErrorItem } from '../contract/error.ts'
import { withInput } from './describe.ts'

type Issue = { message: string; path: PropertyKey[] }

/** A schema's messages are codes of the contract; what zod says of its own accord is a malformed request. */
function toItem({ message, path }: Issue): ErrorItem {
  const code = message in ERROR_STATUS ? (message as ErrorCode) : 'bad_request'
  return path.length > 0 ? { code, field: path.join('.') } : { code }
}

const refuse = (result: { success: boolean; error?: unknown }) => {
  if (!result.success) throw new AppError((result.error as { issues: Issue[] }).issues.map(toItem))
}

/**
 * Validates a JSON body. `also` finds what a schema cannot know; it is asked only when the schema has found something, so
 * that the person hears of all of it at once.
 * @throws AppError with all that is wrong.
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

/** Validates a JSON body against one of two schemas, by whether it has a field. */
export const bodyBy = <A extends z.ZodMiniType, B extends z.ZodMiniType>(field: string, having: A, lacking: B) => {
  const schema = z.union([having, lacking])
  const validator = zValidator('json', schema, refuse, {
    validationFunction: (_, value) => {
      const has = typeof value === 'object' && value !== null && field in value
      // What either says is what the union says, in a type that this library's signature does not know.
      return (has ? having : lacking).safeParse(value) as never
    },
  })
  return withInput(validator, { target: 'json', schema })
}

/** Validates the query string. @throws AppError with all that is wrong at once. */
export const search = <T extends z.ZodMiniType>(schema: T) =>
  withInput(zValidator('query', schema, refuse), { target: 'query', schema })
