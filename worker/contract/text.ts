import * as z from 'zod/mini'
import { countGraphemes } from './graphemes.ts'
import { isBlank } from './invisible-characters.ts'

const encoder = new TextEncoder()
/** Control characters other than newline. */
const CONTROL = /(?!\n)\p{Cc}/u

/** Characters that break a line on screen. */
const LINE_BREAK = /[\n\u2028\u2029]/

/** Trims, and converts CRLF (which forms send) to LF. A text of invisible characters becomes ''. */
const normalise = (text: string) => (isBlank(text) ? '' : text.replace(/\r\n?/g, '\n').trim())

/** Returns whether a text has at most `max` grapheme clusters, and at most ten times as many bytes. */
export const fits = (value: string, max: number) =>
  // Bytes first: counting the clusters of a huge text is slow.
  encoder.encode(value).length <= max * 10 && countGraphemes(value) <= max

type TextRule = {
  /** Error code of a text that is empty after trimming; without it an empty text is valid. */
  blank?: string
  /** Error code of a text with more than `max` grapheme clusters, or more than ten times as many bytes. */
  tooLong: string
  /** Error code of control characters other than newline, and of lone surrogates. */
  invalid: string
  max: number
  /** Whether a line break is invalid too. */
  oneLine?: boolean
}

/** Returns the schema of a user's text: trimmed, LF newlines, within its limits, without control characters. */
export function text({ blank, tooLong, invalid, max, oneLine = false }: TextRule) {
  const missing = blank ?? invalid
  return z.pipe(
    z.pipe(z.string({ error: missing }), z.transform(normalise)),
    z.string().check(
      z.refine((value) => !blank || value !== '', { error: missing, abort: true }),
      z.refine((value) => value.isWellFormed() && !CONTROL.test(value), { error: invalid, abort: true }),
      z.refine((value) => !oneLine || !LINE_BREAK.test(value), { error: invalid, abort: true }),
      z.refine((value) => fits(value, max), { error: tooLong }),
    ),
  )
}
