import type { RouteObject } from 'react-router'
import { routes } from '../client/routes.tsx'
import { api } from '../worker/api/app.ts'

const pathsOf = (list: RouteObject[]): string[] =>
  list.flatMap(({ path, children }) => [...(path ? [path] : []), ...pathsOf(children ?? [])])

/** Every page of the site, as its route has it. */
export const PAGES = pathsOf(routes).filter((path) => path !== '*')

/** Every read of the API. */
export const READS = [...new Set(api.routes.filter(({ method }) => method === 'GET').map(({ path }) => path))]

/** Who and what the parameters of a route may stand for. */
export type Places = { handles: string[]; uuids: string[]; groups: string[]; tag: string; term: string }

/** Queries without which a route or a page shows nothing of what there is. */
const QUERIES: Record<string, (places: Places) => string[]> = {
  '/': () => ['?feed=home', '?feed=everyone', '?feed=last-light'],
  '/search': ({ term }) => [`?term=${term}`, `?term=${term}&in=people`],
  '/:at_handle': () => ['', '?tab=replies', '?tab=likes'],
  '/api/activities/search': ({ term }) => [`?term=${term}`],
  '/api/users/search': ({ term }) => [`?term=${term}`],
  '/api/users': () => ['?prefix=a'],
  '/api/users/:at_handle/activities': () => ['?tab=cruds', '?tab=replies', '?tab=likes'],
}

/** Every address that a route stands for there. */
export function addressesOf(route: string, places: Places): string[] {
  const { handles, uuids, groups, tag } = places
  const values: Record<string, string[]> = {
    ':at_handle': handles.map((handle) => `@${handle}`),
    ':handle': handles,
    ':uuid': route.startsWith('/api/message_groups') ? groups : uuids,
    ':message_group_uuid': groups,
    ':tag': [tag],
  }
  const paths = route.split('/').reduce<string[]>(
    (made, segment) => {
      const choices = segment.startsWith(':') ? values[segment] : [segment]
      if (!choices) throw new Error(`Say what ${segment} of ${route} can be`)
      return made.flatMap((path) => choices.map((choice) => `${path}/${choice}`))
    },
    [''],
  )
  const queries = QUERIES[route]?.(places) ?? ['']
  return paths.flatMap((path) => queries.map((query) => `${path.slice(1) || '/'}${query}`))
}
