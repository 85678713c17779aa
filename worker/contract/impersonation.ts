import { CONFUSABLES } from './confusables.ts'
import { INVISIBLE } from './invisible-characters.ts'

const LETTERS = new Map(
  Object.entries(CONFUSABLES).flatMap(([letter, others]) => [...others].map((other) => [other, letter] as const)),
)

/** First code points of Unicode's emoji alphabets: regional indicators, and white letters in circles and squares. */
const EMOJI_ALPHABETS = [0x1f1e6, 0x1f150, 0x1f170]

function letterOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  const start = EMOJI_ALPHABETS.find((first) => code >= first && code < first + 26)
  if (start !== undefined) return letterOf(String.fromCharCode(0x61 + code - start))
  const small = character.toLowerCase()
  // Look up the capital first: it may look like another letter than the small one does, as Greek Mu.
  return LETTERS.get(character) ?? LETTERS.get(small) ?? small
}

/**
 * Returns the skeleton of a text (Unicode UTS #39): the same value for texts that look alike. Lower-case letters and digits
 * only, without accents and invisible characters; look-alikes become the letter, repeated letters one.
 */
function skeletonOf(text: string): string {
  return (
    Array.from(text.normalize('NFKD').replace(INVISIBLE, ''), letterOf)
      .join('')
      .replace(/[^\p{L}\p{N}]/gu, '')
      // Pairs that look like one letter: `rn` for m, `cl` for d (l is i here).
      .replaceAll('rn', 'm')
      .replaceAll('ci', 'd')
      .replace(/(.)\1+/gu, '$1')
  )
}

const OUR_NAME = skeletonOf('cruddur')

const ROLES = ['admin', 'administrator', 'moderator', 'official', 'staff', 'support']
const ROLE_NAMES = new Set(
  ROLES.flatMap((role) =>
    ['', 'the', 'official'].flatMap((before) => ['', 's', 'team'].map((after) => skeletonOf(before + role + after))),
  ),
)

/** Returns whether a name or handle impersonates the site: it contains "Cruddur", or is a role such as "admin". */
export function looksLikeOurs(name: string): boolean {
  const skeleton = skeletonOf(name)
  return skeleton.includes(OUR_NAME) || ROLE_NAMES.has(skeleton)
}
