/** Themes of the site. `system` follows the device's setting. */
export const THEMES = ['system', 'dark', 'light'] as const
export type Theme = (typeof THEMES)[number]
