/**
 * What a reader does not see by itself: white space, controls, joiners and fillers (Default_Ignorable_Code_Point), marks
 * without a letter, and the blanks among the symbols and letters (Braille, the null notehead, Egyptian blanks).
 */
export const INVISIBLE = /[\s\p{Z}\p{Cf}\p{Default_Ignorable_Code_Point}\p{M}\u2800\u{1d159}\u{13441}\u{13442}]+/gu

/** Whether a text has nothing in it that a reader sees. */
export const isBlank = (text: string): boolean => text.replace(INVISIBLE, '') === ''
