import type * as z from 'zod/mini'
import { ERROR_STATUS, type ErrorCode } from '../contract/error.ts'

type Schema = z.core.$ZodType

const isCode = (text: string): text is ErrorCode => text in ERROR_STATUS

/**
 * Returns the error codes that a schema can produce: the `error` of each part, or `bad_request` for a part without one.
 * Reads `_zod.def`, which zod keeps stable for libraries (https://zod.dev/library-authors).
 */
export function codesOf(schema: Schema): Set<ErrorCode> {
  const { def } = (schema as z.core.$ZodTypes)._zod
  const checks = (def.checks ?? []).flatMap((check) => messagesOf(check._zod.def.error))
  const nested = nestedIn(def).flatMap((part) => [...codesOf(part)])
  const own = REFUSES_NOTHING.has(def.type) ? [] : messagesOf(def.error)
  return new Set([...own, ...checks, ...nested])
}

/** Kinds of schema that produce no errors of their own, only those of their parts. */
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

/** Returns the codes that an `error` gives for a missing value and for one of the wrong type. */
function messagesOf(given: z.core.$ZodErrorMap<never> | undefined): ErrorCode[] {
  const error = given as z.core.$ZodErrorMap | undefined
  const messages = [undefined, 0].map((input) => {
    const message = error?.({ code: 'custom', input, path: [], message: '' })
    return typeof message === 'string' ? message : message?.message
  })
  return messages.map((message) => (message !== undefined && isCode(message) ? message : 'bad_request'))
}
