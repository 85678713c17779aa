import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'

/** Class of client/styles/base/signed-in-marker.css. */
const MARKER = '.signed-in-marker'

/**
 * Writes `.vite/sheet.json` for the Worker (worker/page-assets.ts): the style sheet's URL and text, in two parts at MARKER.
 * Signed-out pages inline the first; the hash is that part's, for their Content-Security-Policy.
 */
export const sheetForWorker: Plugin = {
  name: 'sheet-for-worker',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const [sheet, another] = Object.values(bundle).filter(({ fileName }) => fileName.endsWith('.css'))
      if (sheet?.type !== 'asset' || another) throw new Error('There must be one style sheet')
      const css = typeof sheet.source === 'string' ? sheet.source : new TextDecoder().decode(sheet.source)
      const at = css.indexOf(MARKER)
      if (at === -1) throw new Error(`The style sheet must have ${MARKER}`)
      const [signedOutCss, signedInCss] = [css.slice(0, at), css.slice(at)]
      const hash = `sha256-${createHash('sha256').update(signedOutCss).digest('base64')}`
      const source = JSON.stringify({ href: `/${sheet.fileName}`, signedOutCss, signedInCss, hash })
      this.emitFile({ type: 'asset', fileName: '.vite/sheet.json', source })
    },
  },
}
