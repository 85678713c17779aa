import { api } from '../worker/api/app.ts'
import { routeTable } from '../worker/api/route-table.ts'
import type { QueryKeys } from '../worker/contract/cacheable.ts'
import { PAGES as PAGE_TABLE } from '../worker/contract/pages.ts'

const pages = Object.values(PAGE_TABLE).filter(({ path }) => path !== '*')
const { routes } = routeTable(api.routes)

/** Every page of the site, as its route has it. */
export const PAGES = pages.map(({ path }) => path)

/** Every read of the API. */
export const READS = routes.filter(({ method }) => method === 'GET').map(({ path }) => path)

/** The query keys of each page and read. */
const KEYS = new Map<string, QueryKeys>([
  ...pages.map(({ path, query = {} }): [string, QueryKeys] => [path, query]),
  ...routes
    .filter(({ method }) => method === 'GET')
    .map(({ path, queryKeys }): [string, QueryKeys] => [path, queryKeys]),
])

/** Who and what the parameters of a route may stand for. */
export type Places = { handles: string[]; uuids: string[]; groups: string[]; tag: string; term: string }

/** What a key that takes any text is given; one that is not here, such as a cursor, is left out. */
const textsOf = ({ term }: Places): Record<string, string> => ({
  term,
  prefix: 'a',
  email: 'a@example.com',
  next: '/about',
})

/** The queries of a route: its texts, and with them each of the values that its other keys have. */
function queriesOf(route: string, places: Places): string[] {
  const keys = Object.entries(KEYS.get(route) ?? {})
  const texts = textsOf(places)
  const given = keys.flatMap(([key]) => (key in texts ? [[key, texts[key] ?? '']] : []))
  const choices = keys.flatMap(([key, values]) => (values === 'text' ? [] : values.map((value) => [key, value])))
  const queries = [given, ...choices.map((choice) => [...given, choice])]
  return queries.map((query) => (query.length === 0 ? '' : `?${new URLSearchParams(query)}`))
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
  return paths.flatMap((path) => queriesOf(route, places).map((query) => `${path.slice(1) || '/'}${query}`))
}
