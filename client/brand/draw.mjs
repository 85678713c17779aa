/**
 * Generates PNGs from the logo's mark, client/public/icon.svg: `npm run brand`.
 * Writes the icons of phones and of the manifest, badge.png, of which Android shows the shape alone in its status bar, and share.png,
 * the image of link previews (1200 × 630).
 */
import { readFile } from 'node:fs/promises'
import sharp from 'sharp'

const PUBLIC = new URL('../public/', import.meta.url)
const ICONS = { 'apple-touch-icon.png': 180, 'icon-192.png': 192, 'icon-512.png': 512 }

const icon = await readFile(new URL('icon.svg', PUBLIC), 'utf8')
const [halo] = /<radialGradient id="halo">.*<\/radialGradient>/.exec(icon)
const [, mark] = /<g [^>]*>(.+)<\/g>/s.exec(icon)
const share = await readFile(new URL('share.svg', import.meta.url), 'utf8')

/** Writes a PNG with a palette, for its size; dithering avoids banding in gradients. */
const write = (svg, width, name) =>
  sharp(Buffer.from(svg), { density: 288 })
    .resize(width)
    .png({ palette: true, effort: 10, dither: 1 })
    .toFile(new URL(name, PUBLIC).pathname)

for (const [name, width] of Object.entries(ICONS)) await write(icon, width, name)
const shape = mark.replaceAll(/#[0-9a-f]{6}/g, '#fff').replace(/<circle[^>]*halo[^>]*>/, '')
await write(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="2 2 28 28">${shape}</svg>`, 96, 'badge.png')
await write(
  share
    .replace('<defs>', `<defs>${halo}`)
    .replace('<!-- the mark -->', `<g transform="translate(64 72) scale(3.4)">${mark}</g>`),
  1200,
  'share.png',
)
