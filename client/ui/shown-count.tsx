import { countText } from './form/count-text.ts'

/** Returns a count beside an icon; nothing for zero. Not a component: each card has three. */
export const shownCount = (value: number) => (value > 0 ? <span>{countText(value)}</span> : null)
