import type { Assets } from '../client/document.tsx'
import chunks from '../dist/client/.vite/chunks.json'
import sheet from '../dist/client/.vite/sheet.json'

const [script, ...frame] = chunks.entry

/**
 * Returns the hashed file names of a page's assets. `route`: the page's route id, whose chunks are preloaded.
 */
export function assetsOf(route: string | undefined): Assets {
  const files = [...frame, ...((route && chunks.pages[route]) || [])]
  return {
    script: `/${script}`,
    preload: files.map((file) => `/${file}`),
    sheet: sheet.href,
    css: sheet.css,
  }
}

/** Hash of the inline style sheet for the Content-Security-Policy. */
export const SHEET_HASH = sheet.hash
