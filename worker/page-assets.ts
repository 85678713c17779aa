import type { Assets } from '../client/document.tsx'
import manifest from '../dist/client/.vite/manifest.json'
import sheet from '../dist/client/.vite/sheet.json'

type Chunk = { file: string; imports?: string[]; isEntry?: boolean }

const chunks: Record<string, Chunk> = manifest
/** Manifest keys of the pages' modules by route id: "profile" is pages/user/profile.tsx. */
const pageKeys = new Map(
  Object.keys(chunks).flatMap((key) => {
    const id = /^pages\/(?:.*\/)?([a-z-]+)\.tsx?$/.exec(key)?.[1]
    return id ? [[id, key]] : []
  }),
)
const [entryKey, entry] = Object.entries(chunks).find(([, chunk]) => chunk.isEntry) ?? []

/** Manifest key of what home shows new users. */
const ARRIVAL_KEY = 'components/arrival/Arrival.tsx'

/**
 * Returns the hashed file names of a page's assets. `route`: the page's route id, whose chunks hydration needs. `showsArrival`: it
 * also needs the chunk of what home shows new users.
 */
export function assetsOf(route: string | undefined, showsArrival = false): Assets {
  if (!entry) throw new Error('The client is not built: run npm run build')
  const needed = new Set<string>()
  for (const key of [entryKey, route && pageKeys.get(route), showsArrival && ARRIVAL_KEY]) if (key) need(key, needed)
  const files = [...needed].map((key) => chunks[key]?.file).filter((file) => file !== undefined && file !== entry.file)
  return {
    script: `/${entry.file}`,
    imported: files.map((file) => `/${file}`),
    // What home shows new users is styled by the second one.
    ...(route === 'home' && !showsArrival
      ? { sheets: [sheet.first], lateSheet: sheet.later }
      : { sheets: [sheet.first, sheet.later], lateSheet: null }),
    css: sheet.css,
  }
}

/** Hash of the inline style sheet for the Content-Security-Policy. */
export const SHEET_HASH = sheet.hash

/** Adds a chunk and its static imports. */
function need(key: string, needed: Set<string>): void {
  if (needed.has(key)) return
  needed.add(key)
  for (const imported of chunks[key]?.imports ?? []) need(imported, needed)
}
