import type { Assets } from '../client/document.tsx'
import pages from '../dist/client/.vite/pages.json'
import sheet from '../dist/client/.vite/sheet.json'

/** Returns the URLs of a page's assets. `route`: the page's route id, whose chunks are preloaded. */
export const assetsOf = (route: string | undefined): Assets => ({
  script: pages.script,
  preload: [...pages.preload, ...((route && pages.pages[route]) || [])],
  sheet: sheet.href,
  css: sheet.css,
})

/** Hash of the inline style sheet for the Content-Security-Policy. */
export const SHEET_HASH = sheet.hash
