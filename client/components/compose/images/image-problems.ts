import type { ErrorCode, ErrorItem } from '../../../../worker/contract/error.ts'
import { countGraphemes } from '../../../../worker/contract/graphemes.ts'
import { isBlank } from '../../../../worker/contract/invisible-characters.ts'
import { ALT_MAX } from '../../../../worker/contract/limits.ts'
import type { Upload } from './uploads.ts'

/** Returns what is wrong with an alt text; undefined if nothing is. */
export function altProblem({ alt }: Upload, isAltRequired: boolean): ErrorCode | undefined {
  if (isAltRequired && isBlank(alt)) return 'alt_blank'
  return countGraphemes(alt) > ALT_MAX ? 'alt_exceed_max_chars' : undefined
}

/** Returns the server's error for the alt text of an image, by its index. */
export const altErrorOf = (errors: readonly ErrorItem[], index: number): ErrorCode | undefined =>
  errors.find(({ field }) => field === `images.${index}.alt`)?.code

/** Returns the server's error that uploaded images cannot be attached (any more); the server does not say which. */
export const attachErrorIn = (errors: readonly ErrorItem[]): 'image_unknown' | 'image_attached' | undefined => {
  const codes = errors.map(({ code }) => code)
  if (codes.includes('image_attached')) return 'image_attached'
  return codes.includes('image_unknown') ? 'image_unknown' : undefined
}
