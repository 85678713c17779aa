import type { Assets } from '../client/document.tsx'
import scripts from '../dist/client/.vite/page-scripts.json'
import sheet from '../dist/client/.vite/sheet.json'

const pages: Record<string, string[]> = scripts.pages

/**
 * Returns the assets of a page, by its route id. `showsArrival`: it is home, and suggests users to a new user.
 */
export function assetsOf(route: string | undefined, showsArrival = false): Assets {
  const ofPage = route ? (pages[route] ?? []) : []
  return {
    script: scripts.script,
    imported: [...new Set([...scripts.shared, ...ofPage, ...(showsArrival ? scripts.arrival : [])])],
    // What home shows new users is styled by the deferred one.
    ...(route === 'home' && !showsArrival
      ? { sheets: [sheet.critical], deferredSheet: sheet.deferred }
      : { sheets: [sheet.critical, sheet.deferred], deferredSheet: null }),
    css: sheet.css,
  }
}

/** Hash of the inline style sheet for the Content-Security-Policy. */
export const SHEET_HASH = sheet.hash
