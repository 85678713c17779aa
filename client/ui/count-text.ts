const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })

/** A number as it stands beside an icon: `999`, `1.2K`; nothing for zero. */
export const countText = (value: number) => (value > 0 ? compact.format(value) : '')

/** The name of something that shows a count: `Like, 1.2K`. It must say what is seen. */
export const withCount = (name: string, value: number) => (value > 0 ? `${name}, ${countText(value)}` : name)
