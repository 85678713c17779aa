/** Layout of the styleguide itself. */
const OWN = `
body { overflow-x: auto }
.themes { display: grid; grid-template-columns: repeat(2, minmax(360px, 1fr)) }
.theme { min-width: 0; padding: 24px 24px 96px; background: var(--ground); color: var(--text); overflow-x: clip }
.theme > h1 { font-size: 1.75rem }
.section { margin-top: 48px }
.section > h2 { padding-bottom: 8px; border-bottom: 1px solid var(--line); margin-bottom: 16px; font-size: 1.25rem }
.row { display: flex; flex-wrap: wrap; gap: 24px; align-items: end; margin-bottom: 24px }
.specimen { margin: 0; min-width: 0; position: relative }
.specimen > figcaption { margin-top: 8px; color: var(--soft); font-size: .8125rem }
.block > .specimen { margin-bottom: 32px; max-width: 600px }
.swatch { width: 132px; height: 44px; border: 1px solid var(--line); border-radius: 12px }
.space { background: var(--accent); height: 12px }
.outline { position: relative; height: 480px; overflow: clip; border: 1px solid var(--line) }
.progress { position: absolute }
.status-line p { position: static; animation: none }
`

/**
 * Returns the styleguide's stylesheet: the site's, with `:hover` and `:focus-visible` replaced by the classes `.is-hover` and
 * `.is-focus` of an ancestor, and the styleguide's own layout.
 */
export const styleguideSheet = (css: string): string =>
  css
    .replaceAll(':hover', ':is(.is-hover *)')
    .replaceAll(':focus-visible', ':is(.is-focus :is(a,button,input,textarea,summary))') + OWN
