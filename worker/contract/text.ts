import * as z from 'zod/mini'
import { countGraphemes } from './graphemes.ts'

const encoder = new TextEncoder()
/** Control characters other than newline. */
const CONTROL = /(?!\n)\p{Cc}/u

/** Something that a reader sees: not only spaces, joiners, direction marks and blank letters. */
const VISIBLE = /[^\p{Cf}\p{Z}\s\u2800\u3164\u115f\u1160\uffa0]/u

/** Forms send CRLF (HTML, "constructing the entry list"); we store LF. */
const normalise = (text: string) => text.replace(/\r\n?/g, '\n').trim()

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
}

/** A text that a person typed: trimmed, with LF newlines, within its limits, free of control characters. */
export function text({ blank, tooLong, invalid, max }: TextRule) {
  const missing = blank ?? invalid
  return z.pipe(
    z.pipe(z.string({ error: missing }), z.transform(normalise)),
    z.string().check(
      z.refine((value) => !blank || VISIBLE.test(value), { error: missing, abort: true }),
      z.refine((value) => value.isWellFormed() && !CONTROL.test(value), { error: invalid, abort: true }),
      z.refine((value) => fits(value, max), { error: tooLong }),
    ),
  )
}
