// What `npm run diagram` runs: draws parts.ts as two SVG files beside it, one for each theme of GitHub.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ARROWS, PARTS, type Part, WORKER_COLUMNS } from './parts.ts'

// All in px of the drawing.
const COLUMN = 172
const ROW = 70
const GAP_X = 16
const GAP_Y = 28
const MARGIN = 20
const EXTERNAL_GAP = 34

/** The colours of client/styles/base/tokens.css. */
const THEMES = {
  light: {
    ground: '#fbf9ff',
    box: '#ffffff',
    frame: '#f4effc',
    line: '#8a78a6',
    text: '#190f26',
    soft: '#5f5273',
    link: '#7a00d6',
  },
  dark: {
    ground: '#0c0714',
    box: '#150d21',
    frame: '#120b1d',
    line: '#77639a',
    text: '#f3edfb',
    soft: '#b4a6c9',
    link: '#c08aff',
  },
}
export type Theme = keyof typeof THEMES
export const THEME_NAMES: Theme[] = ['light', 'dark']

type Rectangle = { x: number; y: number; width: number; height: number }

const columnX = (column: number) =>
  MARGIN + 14 + column * (COLUMN + GAP_X) + (column >= WORKER_COLUMNS ? EXTERNAL_GAP : 0)

function rectangleOf({ row, columns: [from, to] }: Part): Rectangle {
  const x = columnX(from)
  // Row 0 is outside of the Worker, whose frame takes some room above its first row.
  const y = MARGIN + row * (ROW + GAP_Y) + (row > 0 ? 24 : 0)
  return { x, y, width: columnX(to) + COLUMN - x, height: ROW }
}

const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

function drawPart(part: Part): string {
  const { x, y, width, height } = rectangleOf(part)
  const center = x + width / 2
  const texts = [
    { kind: 'name', text: part.name },
    ...part.lines.map((text) => ({ kind: 'line', text })),
    ...(part.path ? [{ kind: 'path', text: part.path }] : []),
  ]
  const first = y + height / 2 - (texts.length - 1) * 9 + 5
  const lines = texts.map(
    ({ kind, text }, at) => `<text class="${kind}" x="${center}" y="${first + at * 18}">${escapeXml(text)}</text>`,
  )
  const box = `<rect class="${part.isExternal ? 'external' : 'part'}" x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/>`
  return [box, ...lines].join('\n')
}

function drawArrow(from: Rectangle, to: Rectangle): string {
  if (from.y === to.y) {
    const y = from.y + from.height / 2
    return `<path class="arrow" d="M${from.x + from.width} ${y}H${to.x - 3}"/>`
  }
  const left = Math.max(from.x, to.x)
  const right = Math.min(from.x + from.width, to.x + to.width)
  return `<path class="arrow" d="M${(left + right) / 2} ${from.y + from.height}V${to.y - 3}"/>`
}

function find(name: string): Rectangle {
  const part = PARTS.find((candidate) => candidate.name === name)
  if (!part) throw new Error(`There is no part ${name}.`)
  return rectangleOf(part)
}

/** The drawing in one theme. */
export function draw(theme: Theme): string {
  const { ground, box, frame, line, text, soft, link } = THEMES[theme]
  const rows = Math.max(...PARTS.map(({ row }) => row))
  const inside = rectangleOf({ name: '', lines: [], row: 1, columns: [0, WORKER_COLUMNS - 1] })
  const bottom = inside.y + rows * (ROW + GAP_Y) - GAP_Y + 14
  const width = columnX(WORKER_COLUMNS) + COLUMN + MARGIN
  const height = bottom + MARGIN
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">
<title id="title">Architecture of Cruddur: one Cloudflare Worker between the browser, Cognito, R2 and Postgres</title>
<style>
text { font-family: ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; text-anchor: middle; }
.name { font-size: 16px; font-weight: 600; fill: ${text}; }
.line { font-size: 14px; fill: ${soft}; }
.path { font-size: 13px; font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: ${link}; }
.title { font-size: 14px; font-weight: 600; fill: ${soft}; text-anchor: start; }
.part, .external { fill: ${box}; stroke: ${line}; }
.external { stroke-dasharray: 5 4; }
.frame { fill: ${frame}; stroke: ${line}; stroke-opacity: 0.5; }
.arrow { fill: none; stroke: ${soft}; stroke-width: 1.5; marker-end: url(#head); }
.head { fill: ${soft}; }
</style>
<defs><marker id="head" viewBox="0 0 10 10" refX="7" refY="5" markerWidth="7" markerHeight="7" orient="auto"><path class="head" d="M0 0L10 5L0 10Z"/></marker></defs>
<rect fill="${ground}" width="${width}" height="${height}" rx="12"/>
<rect class="frame" x="${inside.x - 14}" y="${inside.y - 30}" width="${inside.width + 28}" height="${bottom - inside.y + 30}" rx="12"/>
<text class="title" x="${inside.x}" y="${inside.y - 11}">Cloudflare Worker</text>
${ARROWS.map(({ from, to }) => drawArrow(find(from), find(to))).join('\n')}
${PARTS.map(drawPart).join('\n')}
</svg>
`
}

export const fileOf = (theme: Theme) => join(import.meta.dirname, `architecture-${theme}.svg`)

if (import.meta.main) {
  for (const theme of THEME_NAMES) writeFileSync(fileOf(theme), draw(theme))
}
