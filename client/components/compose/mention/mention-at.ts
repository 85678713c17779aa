import { HANDLE_MAX } from '../../../../worker/contract/limits.ts'

/** A mention that is being typed: the text from its @ to the caret, and the positions of its @ and its end. */
export type Mention = { prefix: string; start: number; end: number }

/** As in worker/contract/linkify.ts: no character of a word or an address may precede the @. */
const MENTION_AT_END = /(?<![\p{L}\p{N}_/@#&])@(\w+)$/u

/** Returns the mention at the caret, if a letter of its handle precedes the caret; else null. */
export function mentionAt(text: string, caret: number): Mention | null {
  const prefix = MENTION_AT_END.exec(text.slice(0, caret))?.[1]
  if (!prefix) return null
  const rest = /^\w*/.exec(text.slice(caret))?.[0] ?? ''
  const end = caret + rest.length
  // mira@example.com and @mira@example.social are addresses.
  if (text[end] === '@' || prefix.length > HANDLE_MAX) return null
  return { prefix: prefix.toLowerCase(), start: caret - prefix.length - 1, end }
}
