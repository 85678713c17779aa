/** A star generated from a handle: the avatar of a user who has uploaded none. */
export type Star = {
  /** SVG path data of the outline, on a 48 × 48 grid. */
  path: string
  /** oklch hue of the star, in degrees; the disc behind it has 275 + hue / 10. */
  hue: number
  core: 'none' | 'hole' | 'eye'
}

const CENTRE = 24
const RADIUS = 15.5
/** Distances of the inner corners from the centre, as fractions of the radius. */
const INNER_RADII = [0.38, 0.5, 0.62, 0.74] as const
const CORES = ['none', 'hole', 'eye'] as const

/** FNV-1a, 32 bits, with a final mix: without it, short names share their high bits. */
function hash(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h ^= h >>> 15
  h = Math.imul(h, 0x2c1b3c6d)
  h ^= h >>> 12
  return h >>> 0
}

/** Stars by handle. Generating one is a large part of rendering a card, and a page repeats the same few. */
const cache = new Map<string, Star>()
const CACHE_MAX = 1000

/** Returns the star of a handle. It depends on the handle alone, ignoring case. */
export function starOf(handle: string): Star {
  const known = cache.get(handle)
  if (known) return known
  const star = generateStar(handle)
  if (cache.size >= CACHE_MAX) cache.clear()
  cache.set(handle, star)
  return star
}

function generateStar(handle: string): Star {
  const h = hash(handle.toLowerCase())
  const points = 5 + (h % 5)
  const inner = RADIUS * (INNER_RADII[(h >>> 4) % 4] ?? 0.5)
  const turn = ((h >>> 7) % 72) / 72
  const corners: string[] = []
  for (let i = 0; i < points * 2; i += 1) {
    const angle = ((i / 2 + turn) / points) * 2 * Math.PI - Math.PI / 2
    const radius = i % 2 === 0 ? RADIUS : inner
    const x = CENTRE + radius * Math.cos(angle)
    const y = CENTRE + radius * Math.sin(angle)
    corners.push(`${x.toFixed(1)} ${y.toFixed(1)}`)
  }
  return {
    path: `M${corners.join('L')}Z`,
    hue: ((h >>> 14) % 12) * 30 + 15,
    core: CORES[(h >>> 20) % 3] ?? 'none',
  }
}
