import type * as z from 'zod/mini'
import { ERROR_STATUS, type ErrorCode } from '../contract/error.ts'

type Schema = z.core.$ZodType

const isCode = (text: string): text is ErrorCode => text in ERROR_STATUS

/**
 * The codes with which a schema refuses a value: the `error` of each of its parts, or `bad_request` where one has none.
 * Reads `_zod.def`, which zod keeps stable for libraries (https://zod.dev/library-authors).
 */
export function codesOf(schema: Schema): Set<ErrorCode> {
  const { def } = (schema as z.core.$ZodTypes)._zod
  const checks = (def.checks ?? []).flatMap((check) => messagesOf(check._zod.def.error))
  const nested = nestedIn(def).flatMap((part) => [...codesOf(part)])
  const own = REFUSES_NOTHING.has(def.type) ? [] : messagesOf(def.error)
  return new Set([...own, ...checks, ...nested])
}

/** Kinds of schema that only pass on what their parts say. */
const REFUSES_NOTHING = new Set<string>(['pipe', 'transform', 'optional', 'default', 'nullable'])

function nestedIn(def: z.core.$ZodTypes['_zod']['def']): Schema[] {
  switch (def.type) {
    case 'object':
      return Object.values(def.shape)
    case 'array':
      return [def.element]
    case 'union':
      return [...def.options]
    case 'pipe':
      return [def.in, def.out]
    case 'optional':
    case 'default':
    case 'nullable':
      return [def.innerType]
    default:
      return []
  }
}

/** What an `error` says of a value that is missing, and of one of the wrong type. Each kind of issue has its own type of it. */
function messagesOf(given: z.core.$ZodErrorMap<never> | undefined): ErrorCode[] {
  const error = given as z.core.$ZodErrorMap | undefined
  const messages = [undefined, 0].map((input) => {
    const message = error?.({ code: 'custom', input, path: [], message: '' })
    return typeof message === 'string' ? message : message?.message
  })
  return messages.map((message) => (message !== undefined && isCode(message) ? message : 'bad_request'))
}
