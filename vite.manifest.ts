import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Manifest, Plugin } from 'vite'

/** Manifest key of what home shows new users. */
const ARRIVAL_KEY = 'components/arrival/Arrival.tsx'

/**
 * Leaves in the manifest what the Worker reads of it (worker/page-assets.ts): the entry, the pages and what home shows new users, with
 * their static imports. The Worker bundles it, and weighs 1.4 KB less without the rest.
 */
export const manifestForWorker: Plugin = {
  name: 'manifest-for-worker',
  async writeBundle({ dir = '' }) {
    const path = join(dir, '.vite/manifest.json')
    const all: Manifest = JSON.parse(await readFile(path, 'utf8'))
    const needed: Manifest = {}
    const need = (key: string) => {
      const chunk = all[key]
      if (!chunk || needed[key]) return
      const { file, imports, isEntry } = chunk
      needed[key] = { file, ...(imports && { imports }), ...(isEntry && { isEntry }) }
      imports?.forEach(need)
    }
    for (const [key, { isEntry }] of Object.entries(all))
      if (isEntry || key.startsWith('pages/') || key === ARRIVAL_KEY) need(key)
    await writeFile(path, JSON.stringify(needed))
  },
}
