import * as z from 'zod/mini'
import { countGraphemes } from './graphemes.ts'
import { isBlank } from './visible.ts'

const encoder = new TextEncoder()
/** Control characters other than newline. */
const CONTROL = /(?!\n)\p{Cc}/u

/** What would begin another line on screen. */
const LINE_BREAK = /[\n\u2028\u2029]/

/** Forms send CRLF (HTML, "constructing the entry list"); we store LF. A text that nobody can see is none. */
const normalise = (text: string) => (isBlank(text) ? '' : text.replace(/\r\n?/g, '\n').trim())

/** Whether a text has at most `max` grapheme clusters, and at most ten times as many bytes. */
export const fits = (value: string, max: number) =>
  // Bytes first: counting the clusters of a huge text is slow.
  encoder.encode(value).length <= max * 10 && countGraphemes(value) <= max

type TextRule = {
  /** Error code when nothing is left after trimming. */
  blank?: string
  /** Error code when there are more than `max` grapheme clusters or ten times as many bytes. */
  tooLong: string
  /** Error code for control characters other than newline, and for lone surrogates. */
  invalid: string
  max: number
  /** Whether a line break is invalid too. */
  oneLine?: boolean
}

/** A text that a person typed: trimmed, with LF newlines, within its limits, free of control characters. */
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
