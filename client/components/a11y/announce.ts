/** The event that carries something to say. What says it is loaded later, by itself. */
export const SPOKEN = 'cruddur:spoken'

/** Has the one polite voice of the page say something. */
export const speak = (text: string): boolean => document.dispatchEvent(new CustomEvent(SPOKEN, { detail: text }))
