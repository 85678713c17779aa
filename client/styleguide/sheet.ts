/** How the styleguide itself is laid out. Nothing of it is in the site's sheet. */
const OWN = `
body { overflow-x: auto }
.themes { display: grid; grid-template-columns: repeat(2, minmax(360px, 1fr)) }
.theme { min-width: 0; padding: 24px 24px 96px; background: var(--ground); color: var(--text); overflow-x: clip }
.theme > h1 { font-size: 1.75rem }
.part { margin-top: 48px }
.part > h2 { padding-bottom: 8px; border-bottom: 1px solid var(--line); margin-bottom: 16px; font-size: 1.25rem }
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
 * The sheet of the styleguide: the site's own once more, in which a class stands for what a hand does. What is inside
 * `.is-hover` looks as if it were pointed at, what is inside `.is-focus` as if the keyboard were on it.
 */
export const styleguideSheet = (css: string): string =>
  css
    .replaceAll(':hover', ':is(.is-hover *)')
    .replaceAll(':focus-visible', ':is(.is-focus :is(a,button,input,textarea,summary))') + OWN
