const compact = new Intl.NumberFormat('en', { notation: 'compact' })

/** A number as it stands beside an icon: `999`, `1.2K`, `12K`; nothing for zero. */
export function countText(value: number): string {
  if (value >= 1000) return compact.format(value)
  return value > 0 ? String(value) : ''
}

/** The name of something that shows a count: `Like, 1.2K`. It must say what is seen. */
export const withCount = (name: string, value: number) => (value > 0 ? `${name}, ${countText(value)}` : name)
