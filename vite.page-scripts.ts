import type { Plugin } from 'vite'

const PAGE = /\/client\/pages\/(?:.*\/)?([a-z-]+)\.tsx?$/
/** What home shows new users. */
const ARRIVAL = '/client/components/arrival/Arrival.tsx'

/**
 * Writes for the Worker (worker/page-assets.ts) `.vite/page-scripts.json`: the URLs of the scripts that pages need. `pages` has those of
 * each page by its route id, `arrival` those of what home shows new users, both without what the entry imports (`shared`).
 */
export const pageScriptsForWorker: Plugin = {
  name: 'page-scripts-for-worker',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
      const [entry, another] = chunks.filter(({ isEntry }) => isEntry)
      if (!entry || another) throw new Error('There must be one entry')
      /** Returns a chunk's file and those of its static imports, but those in `loaded`. */
      const filesOf = (file: string, loaded: readonly string[] = []): string[] => {
        if (loaded.includes(file)) return []
        const files = [file]
        for (const imported of chunks.find(({ fileName }) => fileName === file)?.imports ?? [])
          files.push(...filesOf(imported, [...loaded, ...files]))
        return files
      }
      const toUrls = (files: string[]) => files.map((file) => `/${file}`)
      const ofEntry = filesOf(entry.fileName)
      const pages: Record<string, string[]> = {}
      let arrival: string[] = []
      for (const { fileName, facadeModuleId } of chunks) {
        const page = PAGE.exec(facadeModuleId ?? '')?.[1]
        if (page) pages[page] = toUrls(filesOf(fileName, ofEntry))
        if (facadeModuleId?.endsWith(ARRIVAL)) arrival = toUrls(filesOf(fileName, ofEntry))
      }
      const [script, ...shared] = toUrls(ofEntry)
      const source = JSON.stringify({ script, shared, pages, arrival })
      this.emitFile({ type: 'asset', fileName: '.vite/page-scripts.json', source })
    },
  },
}
