export type Theme = 'light' | 'dark'

/** A colour of tokens.css, in each theme. */
export type Token = { name: string } & Record<Theme, string>

/** Returns the colours in the site's stylesheet. */
export function tokensIn(css: string): Token[] {
  const [, root = ''] = /:root\s*\{([^}]*color-scheme[^}]*)\}/.exec(css) ?? []
  return [...root.matchAll(/--([\w-]+):\s*([^;]+)/g)].flatMap(([, name = '', value = '']) => {
    const [, light = value, dark = value] = /^light-dark\((.+?),\s*(#\w+|rgb.+)\)$/.exec(value.trim()) ?? []
    return /^(#|rgb)/.test(light) ? [{ name, light, dark }] : []
  })
}

/** Returns the WCAG 2 relative luminance of `#rgb` or `#rrggbb`; null for other colours, such as transparent ones. */
function luminance(colour: string): number | null {
  const [, digits = ''] = /^#([\da-f]{3}|[\da-f]{6})$/i.exec(colour) ?? []
  if (!digits) return null
  const full = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(full.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Returns the contrast of two opaque colours, 1 to 21; null if one is not opaque. */
export function contrast(one: string, other: string): number | null {
  const [a, b] = [luminance(one), luminance(other)]
  if (a === null || b === null) return null
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}
