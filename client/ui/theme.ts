import type { Theme } from '../../worker/contract/theme.ts'

const SCHEMES = ['dark', 'light'] as const

/** Returns the media query under which the `theme-color` of a colour scheme applies. */
export function themeColorMedia(scheme: (typeof SCHEMES)[number], theme: Theme): string {
  if (theme === 'system') return `(prefers-color-scheme: ${scheme})`
  return theme === scheme ? 'all' : 'not all'
}

/** Applies a theme to the current page. Does nothing at the edge. */
export function applyTheme(theme: Theme): void {
  if (typeof document === 'undefined') return
  const { dataset } = document.documentElement
  if (theme === 'system') delete dataset.theme
  else dataset.theme = theme
  const colours = document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')
  for (const [i, scheme] of SCHEMES.entries()) {
    const meta = colours[i]
    if (meta) meta.media = themeColorMedia(scheme, theme)
  }
}
