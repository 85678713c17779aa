import type { Theme } from '../../worker/contract/limits.ts'

const GROUNDS = ['dark', 'light'] as const

/** When the browser's frame takes the colour of a ground. */
export function themeColorMedia(ground: (typeof GROUNDS)[number], theme: Theme): string {
  if (theme === 'system') return `(prefers-color-scheme: ${ground})`
  return theme === ground ? 'all' : 'not all'
}

/** Shows the page in another theme at once. The edge has nothing to show: it writes the next page so. */
export function showTheme(theme: Theme): void {
  if (typeof document === 'undefined') return
  const { dataset } = document.documentElement
  if (theme === 'system') delete dataset.theme
  else dataset.theme = theme
  const colours = document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')
  for (const [i, ground] of GROUNDS.entries()) {
    const meta = colours[i]
    if (meta) meta.media = themeColorMedia(ground, theme)
  }
}
