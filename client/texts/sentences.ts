import type { ErrorCode, ErrorItem } from '../../worker/contract/error.ts'

/** Shown while the sentences are not loaded. */
const FALLBACK = 'That didn’t work. Try again in a moment.'
export const NOT_SENT = 'Not sent. It is kept here; try again.'

let sentences: Readonly<Record<string, string>> | undefined
let sendFailureOf: ((code: ErrorCode) => string | undefined) | undefined

/** Loads the sentences, which no page needs before an error. Await it before showing one. */
export async function loadSentences(): Promise<void> {
  const all = sentences ? undefined : await import('./error-messages.ts')
  if (all) ({ SENTENCES: sentences, sendFailure: sendFailureOf } = all)
}

/** Returns the sentence of an error code. An unknown code, from a newer release, reads as an internal error. */
export const sentence = (code: string): string => {
  if (!sentences) return FALLBACK
  return (Object.hasOwn(sentences, code) ? sentences[code] : sentences.internal) ?? FALLBACK
}

/** Returns the sentence to show beside the input named `field`; undefined if it has no error. */
export function fieldError(errors: readonly ErrorItem[] | undefined, field: string): string | undefined {
  const item = errors?.find((error) => error.field === field)
  return item && sentence(item.code)
}

/** Returns the sentences to show above a form: those of errors of no field in `fields`, without duplicates. */
export function formErrors(errors: readonly ErrorItem[] | undefined, fields: readonly string[]): string[] {
  const rest = (errors ?? []).filter(({ field }) => !field || !fields.includes(field))
  return [...new Set(rest.map(({ code }) => sentence(code)))]
}

/** Returns the sentences above a compose form whose text was not sent, without duplicates and without errors of `fields`. */
export function sendFailure(errors: readonly ErrorItem[], fields: readonly string[]): string[] {
  const rest = errors.filter(({ field }) => !field || !fields.includes(field))
  return [...new Set(rest.map(({ code }) => sendFailureOf?.(code) ?? NOT_SENT))]
}
