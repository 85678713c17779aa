/**
 * Matches characters that are invisible on their own: white space, joiners and fillers (Default_Ignorable_Code_Point),
 * combining marks, and blank symbols (Braille, the null notehead, Egyptian blanks).
 */
export const INVISIBLE = /[\s\p{Z}\p{Cf}\p{Default_Ignorable_Code_Point}\p{M}\u2800\u{1d159}\u{13441}\u{13442}]+/gu

/** Returns whether a text has no visible character. */
export const isBlank = (text: string): boolean => text.replace(INVISIBLE, '') === ''
