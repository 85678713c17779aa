import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'

/** The rules of client/styles/parts/, minified: which pages need what follows. */
const MARKS = /(?:everyone-later|signed-in|signed-in-later)\{--rules:below;?\}/

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
      const [first, later, signedIn, signedInLater, rest] = all.split(MARKS)
      if (!first || !later || !signedIn || !signedInLater || rest)
        throw new Error('The style sheet must have each mark of client/styles/parts once')
      sheet.source = first + signedIn
      const laterFile = this.emitFile({ type: 'asset', name: 'later.css', source: later + signedInLater })
      const emit = (fileName: string, css: string) => {
        const hash = `sha256-${createHash('sha256').update(css).digest('base64')}`
        const source = { first: `/${sheet.fileName}`, later: `/${this.getFileName(laterFile)}`, css, hash }
        this.emitFile({ type: 'asset', fileName, source: JSON.stringify(source) })
      }
      emit('.vite/sheet.json', first + later)
      emit('.vite/full-sheet.json', first + later + signedIn + signedInLater)
    },
  },
}
