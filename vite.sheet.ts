import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'

/** The rule of client/styles/signed-in.css, minified: what follows it is for signed-in pages alone. */
const SIGNED_IN_RULES = /signed-in\{--rules:below;?\}/

/**
 * Writes for the Worker (worker/page-assets.ts) `.vite/sheet.json`: the style sheet's URL, the part of its text that signed-out pages
 * inline, and the hash for their Content-Security-Policy. `.vite/full-sheet.json` has the whole text, for the styleguide.
 */
export const sheetForWorker: Plugin = {
  name: 'sheet-for-worker',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const [sheet, another] = Object.values(bundle).filter(({ fileName }) => fileName.endsWith('.css'))
      if (sheet?.type !== 'asset' || another) throw new Error('There must be one style sheet')
      const all = typeof sheet.source === 'string' ? sheet.source : new TextDecoder().decode(sheet.source)
      const [signedOut, signedIn] = all.split(SIGNED_IN_RULES)
      if (!signedOut || !signedIn) throw new Error('The style sheet must have the rule of signed-in.css, once')
      const emit = (fileName: string, css: string) => {
        const hash = `sha256-${createHash('sha256').update(css).digest('base64')}`
        this.emitFile({ type: 'asset', fileName, source: JSON.stringify({ href: `/${sheet.fileName}`, css, hash }) })
      }
      emit('.vite/sheet.json', signedOut)
      emit('.vite/full-sheet.json', signedOut + signedIn)
    },
  },
}
