let compact: Intl.NumberFormat | undefined

/** A number as it stands beside an icon: `999`, `1.2K`, `12K`; nothing for zero. */
export function countText(value: number): string {
  if (value < 1000) return value > 0 ? String(value) : ''
  // The first constructor of Intl takes a phone 50 ms or more.
  compact ??= new Intl.NumberFormat('en', { notation: 'compact' })
  return compact.format(value)
}

/** Formats a whole number for a sentence: `1,287`. */
export const numberText = (value: number): string => String(value).replace(/\B(?=(?:\d{3})+$)/g, ',')

/** The name of something that shows a count: `Like, 1.2K`. It must say what is seen. */
export const withCount = (name: string, value: number) => (value > 0 ? `${name}, ${countText(value)}` : name)
