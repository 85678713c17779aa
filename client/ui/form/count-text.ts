let compact: Intl.NumberFormat | undefined

/** Formats a count beside an icon: `999`, `1.2K`, `12K`; '' for zero. */
export function countText(value: number): string {
  if (value < 1000) return value > 0 ? String(value) : ''
  // Lazy: constructing the first Intl object takes 50 ms or more on a phone.
  compact ??= new Intl.NumberFormat('en', { notation: 'compact' })
  return compact.format(value)
}

/** Formats a whole number for a sentence: `1,287`. */
export const numberText = (value: number): string => String(value).replace(/\B(?=(?:\d{3})+$)/g, ',')

/** Returns the accessible name of a control that shows a count: `Like, 1.2K`. It must contain the visible text (WCAG 2.5.3). */
export const withCount = (name: string, value: number) => (value > 0 ? `${name}, ${countText(value)}` : name)
