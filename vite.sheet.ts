import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'

/** The rules of client/styles/parts/, minified: which pages need what follows. */
const MARKS = /(everyone-later|signed-in|signed-in-later)\{--rules:below;?\}/

/**
 * Cuts the style sheet at its marks: signed-in home waits for one file to paint, and for the other to hydrate; signed-out pages inline a part
 * of both. Writes for the Worker (worker/page-assets.ts) `.vite/sheet.json`: the URLs of the two files, the text to inline, and its
 * hash for the Content-Security-Policy. `.vite/full-sheet.json` has the whole text instead, for the styleguide.
 */
export const sheetForWorker: Plugin = {
  name: 'sheet-for-worker',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const [sheet, another] = Object.values(bundle).filter(({ fileName }) => fileName.endsWith('.css'))
      if (sheet?.type !== 'asset' || another) throw new Error('There must be one style sheet')
      const all = typeof sheet.source === 'string' ? sheet.source : new TextDecoder().decode(sheet.source)
      const [first, mark, later, mark2, signedIn, mark3, signedInLater, ...rest] = all.split(MARKS)
      const marks = [mark, mark2, mark3, ...rest].join(' ')
      if (!first || !later || !signedIn || !signedInLater || marks !== 'everyone-later signed-in signed-in-later')
        throw new Error('The style sheet must have the marks of client/styles/parts, each once and in order')
      // Files of their own, since the name of a file has the hash of its content.
      delete bundle[sheet.fileName]
      const emitSheet = (name: string, source: string) =>
        `/${this.getFileName(this.emitFile({ type: 'asset', name, source }))}`
      const urls = {
        first: emitSheet('first.css', first + signedIn),
        later: emitSheet('later.css', later + signedInLater),
      }
      const emit = (fileName: string, css: string) => {
        const hash = `sha256-${createHash('sha256').update(css).digest('base64')}`
        this.emitFile({ type: 'asset', fileName, source: JSON.stringify({ ...urls, css, hash }) })
      }
      emit('.vite/sheet.json', first + later)
      emit('.vite/full-sheet.json', first + signedIn + later + signedInLater)
    },
  },
}
