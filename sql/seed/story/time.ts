/** Ages of the story are in minutes, counted back from the moment of seeding. */
export const HOUR = 60
export const DAY = 24 * HOUR
