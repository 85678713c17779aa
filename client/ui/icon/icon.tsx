import type { ReactNode } from 'react'
import { ICON_PATHS, type IconName } from './icon-paths.ts'

const draw = (path: string) => (
  <svg
    className="icon"
    viewBox="0 0 20 20"
    aria-hidden="true"
    // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant
    dangerouslySetInnerHTML={{ __html: `<path d="${path}"/>` }}
  />
)

/** Each is made once, its path as markup, which React renders faster than an element: a page has more than a hundred. */
const ICONS: Record<string, ReactNode> = Object.fromEntries(
  Object.entries(ICON_PATHS).map(([name, path]) => [name, draw(path)]),
)

/**
 * Returns an icon of 20 px in the text's colour. Decorative: its parent has the accessible name. Not a component: React would call
 * more than a hundred for each page.
 */
export const icon = (name: IconName) => ICONS[name]
