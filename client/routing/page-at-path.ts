import { matchRoutes } from 'react-router'
import { PAGES, type Page } from '../../worker/contract/pages.ts'
import { isProfileSegment } from './paths.ts'

const MATCHED = Object.values(PAGES).map((page) => ({ path: page.path, handle: page }))

/** The page at a path; null where its `@handle` is none, and for paths that no page has. */
export function pageAtPath(pathname: string): Page | null {
  const match = matchRoutes(MATCHED, pathname)?.at(-1)
  const { at_handle } = match?.params ?? {}
  return !match || (at_handle !== undefined && !isProfileSegment(at_handle)) ? null : match.route.handle
}
