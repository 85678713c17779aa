import type { Assets } from '../client/document.tsx'
import manifest from '../dist/client/.vite/manifest.json'
import sheet from '../dist/client/.vite/sheet.json'

type Chunk = { file: string; imports?: string[]; isEntry?: boolean }

const chunks: Record<string, Chunk> = manifest
const [entryKey, entry] = Object.entries(chunks).find(([, chunk]) => chunk.isEntry) ?? []

/**
 * The hashed names of what a page links to. `route` is the id of its route: what its first screen needs is told to the
 * browser at once, not found out file by file.
 */
export function assetsOf(route: string | undefined): Assets {
  if (!entry) throw new Error('The client is not built: run npm run build')
  const page = [`pages/${route}.tsx`, `pages/${route}.ts`].find((key) => chunks[key])
  const needed = new Set<string>()
  for (const key of [entryKey, page]) if (key) need(key, needed)
  const files = [...needed].map((key) => chunks[key]?.file).filter((file) => file !== undefined && file !== entry.file)
  return {
    script: `/${entry.file}`,
    preload: files.map((file) => `/${file}`),
    sheet: sheet.href,
    css: sheet.css,
  }
}

/** The hash of the inline style sheet, as a Content-Security-Policy names it. */
export const SHEET_HASH = sheet.hash

/** Adds a chunk and all that it imports from the start. */
function need(key: string, needed: Set<string>): void {
  if (needed.has(key)) return
  needed.add(key)
  for (const imported of chunks[key]?.imports ?? []) need(imported, needed)
}
