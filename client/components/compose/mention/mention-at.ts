import { HANDLE_MAX } from '../../../../worker/contract/limits.ts'

/** A mention that is being typed: what stands after its @, and where it begins (at the @) and ends in the text. */
export type Mention = { prefix: string; start: number; end: number }

/** As in worker/contract/segments.ts: nothing that could be part of an address or a word stands before the @. */
const BEFORE = /(?<![\p{L}\p{N}_/@#&])@(\w+)$/u

/** The mention that the caret stands in, with a letter typed at least; null for none. */
export function mentionAt(text: string, caret: number): Mention | null {
  const prefix = BEFORE.exec(text.slice(0, caret))?.[1]
  if (!prefix) return null
  const rest = /^\w*/.exec(text.slice(caret))?.[0] ?? ''
  const end = caret + rest.length
  // mira@example.com and @mira@example.social are addresses.
  if (text[end] === '@' || prefix.length > HANDLE_MAX) return null
  return { prefix: prefix.toLowerCase(), start: caret - prefix.length - 1, end }
}
