import type { Plugin, Rollup } from 'vite'

/** A page's module; its name is the id of the page's route. */
const PAGE = /\/pages\/(?:.*\/)?([a-z-]+)\.tsx?$/

/**
 * Writes for the Worker (worker/page-assets.ts) `.vite/pages.json`: the script of all pages, the chunks that it imports, and by page
 * the chunks that it needs beside them. Vite's own manifest has each name up to three times, and weighs 2 KB more (gzip).
 */
export const pagesForWorker: Plugin = {
  name: 'pages-for-worker',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const chunks = Object.values(bundle).filter((output): output is Rollup.OutputChunk => output.type === 'chunk')
      const entry = chunks.find(({ isEntry }) => isEntry)
      if (!entry) throw new Error('There must be an entry')
      /** Adds a chunk and its static imports. */
      const addTo = (needed: Set<string>, fileName: string): Set<string> => {
        const chunk = bundle[fileName]
        if (needed.has(fileName) || chunk?.type !== 'chunk') return needed
        needed.add(fileName)
        for (const imported of chunk.imports) addTo(needed, imported)
        return needed
      }
      const common = addTo(new Set(), entry.fileName)
      const urlsOf = (fileNames: Set<string>) => [...fileNames].map((fileName) => `/${fileName}`)
      const pages = chunks.flatMap((chunk) => {
        const id = PAGE.exec(chunk.facadeModuleId ?? '')?.[1]
        return id ? [[id, urlsOf(addTo(new Set(common), chunk.fileName)).slice(common.size)] as const] : []
      })
      const [script, ...preload] = urlsOf(common)
      const source = JSON.stringify({ script, preload, pages: Object.fromEntries(pages) })
      this.emitFile({ type: 'asset', fileName: '.vite/pages.json', source })
    },
  },
}
