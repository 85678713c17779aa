/**
 * Matches texts in which every code point is one grapheme cluster: no combining marks, joiners, variation selectors, skin tones,
 * flags or composing scripts. Fast path: most texts match and need no segmenter.
 */
const SIMPLE =
  /^[\n\x20-\x7e\u{a0}-\u{2ff}\u{370}-\u{482}\u{48a}-\u{58f}\u{2010}-\u{2027}\u{2030}-\u{205e}\u{20a0}-\u{20bf}\u{3041}-\u{3096}\u{30a1}-\u{30fa}\u{4e00}-\u{9fff}\u{1f300}-\u{1f3fa}\u{1f400}-\u{1f9ff}]*$/u

let segmenter: Intl.Segmenter | undefined

/** Creates the segmenter at the first text that needs it: on a phone that takes 50 ms or more. */
function segment(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  return segmenter.segment(text)
}

/** Returns a text's length in grapheme clusters (Unicode UAX #29): a family emoji counts as one. */
export function countGraphemes(text: string): number {
  let count = 0
  for (const _ of SIMPLE.test(text) ? text : segment(text)) count += 1
  return count
}

/** Cuts a text to at most `max` grapheme clusters, the last of them an ellipsis if it was cut. */
export function cutGraphemes(text: string, max: number): string {
  if (text.length <= max) return text
  const clusters: string[] = []
  for (const cluster of SIMPLE.test(text) ? text : clustersOf(text)) {
    if (clusters.length === max) return `${clusters.slice(0, -1).join('').trimEnd()}…`
    clusters.push(cluster)
  }
  return text
}

function* clustersOf(text: string): Generator<string> {
  for (const { segment: cluster } of segment(text)) yield cluster
}
