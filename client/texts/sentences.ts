import type { ErrorCode, ErrorItem } from '../../worker/contract/error.ts'

/** Until the sentences are there, and if they cannot be fetched. */
const UNTOLD = 'That did not work. Please try again in a moment.'
export const NOT_SENT = 'Not sent. It is kept here; try again.'

let sentences: Readonly<Record<string, string>> | undefined
let told: ((code: ErrorCode) => string | undefined) | undefined

/** Fetches the sentences: no page needs them before something is refused. Whoever is about to tell of that waits for it. */
export async function loadSentences(): Promise<void> {
  const all = sentences ? undefined : await import('./all-sentences.ts')
  if (all) ({ SENTENCES: sentences, sendFailure: told } = all)
}

/** The sentence of a code; one that this copy of the page does not know yet reads as our fault. */
export const sentence = (code: string): string => {
  if (!sentences) return UNTOLD
  return (Object.hasOwn(sentences, code) ? sentences[code] : sentences.internal) ?? UNTOLD
}

/** The sentence to put beside the input named `field`, if it is at fault. */
export function fieldError(errors: readonly ErrorItem[] | undefined, field: string): string | undefined {
  const item = errors?.find((error) => error.field === field)
  return item && sentence(item.code)
}

/** The sentences that stand above a form: of errors whose field is none of `fields`, each once. */
export function formErrors(errors: readonly ErrorItem[] | undefined, fields: readonly string[]): string[] {
  const rest = (errors ?? []).filter(({ field }) => !field || !fields.includes(field))
  return [...new Set(rest.map(({ code }) => sentence(code)))]
}

/** Why words were not sent, each reason once; errors of `fields` have their own place. */
export function sendFailure(errors: readonly ErrorItem[], fields: readonly string[]): string[] {
  const rest = errors.filter(({ field }) => !field || !fields.includes(field))
  return [...new Set(rest.map(({ code }) => told?.(code) ?? NOT_SENT))]
}
