import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'

/**
 * Writes `.vite/sheet.json` for the Worker (worker/page-assets.ts): the style sheet's URL, its text, which signed-out pages
 * inline, and the hash for their Content-Security-Policy.
 */
export const sheetForWorker: Plugin = {
  name: 'sheet-for-worker',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const [sheet, another] = Object.values(bundle).filter(({ fileName }) => fileName.endsWith('.css'))
      if (sheet?.type !== 'asset' || another) throw new Error('There must be one style sheet')
      const css = typeof sheet.source === 'string' ? sheet.source : new TextDecoder().decode(sheet.source)
      const hash = `sha256-${createHash('sha256').update(css).digest('base64')}`
      const source = JSON.stringify({ href: `/${sheet.fileName}`, css, hash })
      this.emitFile({ type: 'asset', fileName: '.vite/sheet.json', source })
    },
  },
}
