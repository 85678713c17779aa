import type { Plugin } from 'vite'

/** A page's module, by the id of its route: "profile" is pages/user/profile.tsx. */
const PAGE = /\/client\/pages\/(?:.*\/)?([a-z-]+)\.tsx?$/

/**
 * Writes for the Worker (worker/page-assets.ts) `.vite/chunks.json`: the files of the entry, and for each page those that it needs
 * beyond them. Vite's own manifest has all modules with all they import, which took 3 KB of the Worker.
 */
export const chunksForWorker: Plugin = {
  name: 'chunks-for-worker',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
      const imports = new Map(chunks.map((chunk) => [chunk.fileName, chunk.imports]))
      /** Adds a file and its static imports. */
      const need = (file: string, needed: Set<string>): Set<string> => {
        if (!needed.has(file)) {
          needed.add(file)
          for (const imported of imports.get(file) ?? []) need(imported, needed)
        }
        return needed
      }
      const entryFile = chunks.find(({ isEntry }) => isEntry)?.fileName
      if (!entryFile) throw new Error('There is no entry')
      const entry = [...need(entryFile, new Set())]
      const pages = chunks.flatMap(({ fileName, facadeModuleId }) => {
        const id = PAGE.exec(facadeModuleId ?? '')?.[1]
        return id ? [[id, [...need(fileName, new Set(entry))].slice(entry.length)]] : []
      })
      const source = JSON.stringify({ entry, pages: Object.fromEntries(pages) })
      this.emitFile({ type: 'asset', fileName: '.vite/chunks.json', source })
    },
  },
}
