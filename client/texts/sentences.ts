import type { ErrorItem } from '../../worker/contract/error.ts'

/** Shown while the sentences are not loaded. */
const FALLBACK = 'That didn’t work. Try again in a moment.'
export const NOT_SENT = 'Not sent. It is kept here; try again.'

let messages: Pick<typeof import('./error-messages.ts'), 'sentenceOf' | 'sendFailureOf'> | undefined

/** Loads the sentences, which no page needs before an error. Await it before showing one. */
export async function loadSentences(): Promise<void> {
  messages ??= await import('./error-messages.ts')
}

/** Returns the sentence of an error code. `until`: when its limit ends, if it has one. */
export const sentence = (code: string, until?: string): string => messages?.sentenceOf(code, until) ?? FALLBACK

/** Returns the sentence to show beside the input named `field`; undefined if it has no error. */
export function fieldError(errors: readonly ErrorItem[] | undefined, field: string): string | undefined {
  const item = errors?.find((error) => error.field === field)
  return item && sentence(item.code, item.until)
}

/** Returns the sentences to show above a form: those of errors of no field in `fields`, without duplicates. */
export function formErrors(errors: readonly ErrorItem[] | undefined, fields: readonly string[]): string[] {
  const rest = (errors ?? []).filter(({ field }) => !field || !fields.includes(field))
  return [...new Set(rest.map(({ code, until }) => sentence(code, until)))]
}

/** Returns the sentences above a compose form whose text was not sent, without duplicates and without errors of `fields`. */
export function sendFailure(errors: readonly ErrorItem[], fields: readonly string[]): string[] {
  const rest = errors.filter(({ field }) => !field || !fields.includes(field))
  return [...new Set(rest.map((item) => messages?.sendFailureOf(item) ?? NOT_SENT))]
}
