import { matchRoutes } from 'react-router'
import { PAGES, type Page } from '../../worker/contract/pages.ts'
import { isProfileSegment } from './paths.ts'

const ROUTES = Object.values(PAGES).map((page) => ({ path: page.path, handle: page }))

/** Returns the entry of PAGES for a path; null if no page matches, or its first segment is no `@handle`. */
export function pageAtPath(pathname: string): Page | null {
  const match = matchRoutes(ROUTES, pathname)?.at(-1)
  const { at_handle } = match?.params ?? {}
  return !match || (at_handle !== undefined && !isProfileSegment(at_handle)) ? null : match.route.handle
}
