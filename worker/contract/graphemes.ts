const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Each of these is a cluster by itself, whatever stands beside it; most texts have no other. */
const PLAIN = /^[\x20-\x7e\n]*$/

/** Length as a reader counts it: grapheme clusters (Unicode UAX #29), so that a family emoji is one. */
export function countGraphemes(text: string): number {
  if (PLAIN.test(text)) return text.length
  let count = 0
  for (const _ of segmenter.segment(text)) count += 1
  return count
}

/** The text if it has at most `max` grapheme clusters; otherwise as many with an ellipsis as its last. */
export function cutGraphemes(text: string, max: number): string {
  if (text.length <= max) return text
  const kept: string[] = []
  for (const { segment } of segmenter.segment(text)) {
    if (kept.length === max) return `${kept.slice(0, -1).join('').trimEnd()}…`
    kept.push(segment)
  }
  return text
}
