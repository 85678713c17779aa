import { CONFUSABLES } from './confusables.ts'
import { INVISIBLE } from './visible.ts'

const LETTERS = new Map(
  Object.entries(CONFUSABLES).flatMap(([letter, others]) => [...others].map((other) => [other, letter] as const)),
)

/** Where the alphabet begins in Unicode's emoji: flags' letters, and white letters in circles and squares. */
const EMOJI_ALPHABETS = [0x1f1e6, 0x1f150, 0x1f170]

function letterOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  const start = EMOJI_ALPHABETS.find((first) => code >= first && code < first + 26)
  if (start !== undefined) return letterOf(String.fromCharCode(0x61 + code - start))
  const small = character.toLowerCase()
  // A capital may pass for another letter than its small one, as the Greek Mu does.
  return LETTERS.get(character) ?? LETTERS.get(small) ?? small
}

/**
 * The same for texts that look alike (Unicode UTS #39, "skeleton"): letters and digits alone, without case, accents and
 * what nobody can see, with each look-alike as the letter that it passes for and repeated letters once.
 */
function skeletonOf(text: string): string {
  return (
    Array.from(text.normalize('NFKD').replace(INVISIBLE, ''), letterOf)
      .join('')
      .replace(/[^\p{L}\p{N}]/gu, '')
      // Two letters that pass for one: `rn` for m, `cl` for d (l is i here).
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

/** Whether a name or handle would pass for ours: it has Cruddur's name in it, or is a role of ours and nothing else. */
export function looksLikeOurs(name: string): boolean {
  const skeleton = skeletonOf(name)
  return skeleton.includes(OUR_NAME) || ROLE_NAMES.has(skeleton)
}
