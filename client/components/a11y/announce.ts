/** The event that carries something to say. What says it is loaded later, by itself. */
export const ANNOUNCED = 'cruddur:spoken'

/** Has the one polite voice of the page say something. */
export const announce = (text: string): boolean => document.dispatchEvent(new CustomEvent(ANNOUNCED, { detail: text }))
