import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'

/** The rules of client/styles/marks/, minified. */
const MARKS = /(everyone-deferred|signed-in-critical|signed-in-deferred)\{--rules:below;?\}/

/**
 * Cuts the style sheet at its marks into critical rules, which the first paint of signed-in home waits for, and deferred ones, which its
 * hydration waits for: a file of each. Signed-out pages inline those of both that are not for signed-in pages alone. Writes for the
 * Worker (worker/page-assets.ts) `.vite/sheet.json`: the URLs of the two files, the text to inline, and its hash for the
 * Content-Security-Policy. `.vite/full-sheet.json` has the whole text instead, for the styleguide.
 */
export const sheetForWorker: Plugin = {
  name: 'sheet-for-worker',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const [sheet, another] = Object.values(bundle).filter(({ fileName }) => fileName.endsWith('.css'))
      if (sheet?.type !== 'asset' || another) throw new Error('There must be one style sheet')
      const all = typeof sheet.source === 'string' ? sheet.source : new TextDecoder().decode(sheet.source)
      const [critical, mark1, deferred, mark2, signedInCritical, mark3, signedInDeferred, ...rest] = all.split(MARKS)
      const marks = [mark1, mark2, mark3, ...rest].join(' ')
      if (
        !critical ||
        !deferred ||
        !signedInCritical ||
        !signedInDeferred ||
        marks !== 'everyone-deferred signed-in-critical signed-in-deferred'
      )
        throw new Error('The style sheet must have the marks of client/styles/marks, each once and in order')
      // Files of their own, since the name of a file has the hash of its content.
      delete bundle[sheet.fileName]
      const emitSheet = (name: string, source: string) =>
        `/${this.getFileName(this.emitFile({ type: 'asset', name, source }))}`
      const urls = {
        critical: emitSheet('critical.css', critical + signedInCritical),
        deferred: emitSheet('deferred.css', deferred + signedInDeferred),
      }
      const emit = (fileName: string, css: string) => {
        const hash = `sha256-${createHash('sha256').update(css).digest('base64')}`
        this.emitFile({ type: 'asset', fileName, source: JSON.stringify({ ...urls, css, hash }) })
      }
      emit('.vite/sheet.json', critical + deferred)
      emit('.vite/full-sheet.json', critical + signedInCritical + deferred + signedInDeferred)
    },
  },
}
