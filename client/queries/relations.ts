import type { QueryClient, QueryFilters } from '@tanstack/react-query'
import type { Activity, ActivityWithAncestors } from '../../worker/contract/activity.ts'
import type { Notification } from '../../worker/contract/notification.ts'
import { read } from '../net/api.ts'
import type { LoaderContext } from '../routing/loader-context.ts'
import { keepItems } from './cache-updates.ts'
import { ACTIVITY_LISTS, ACTIVITY_PAGES, NOTIFICATION_LISTS, removeQueries } from './cached-activities.ts'
import { profileQuery } from './users.ts'

type Tools = Pick<LoaderContext, 'api' | 'queries'>

/**
 * Forgets what a person has said or passed on, and lets all else be read anew: the viewer has blocked or muted them, or
 * taken that back. What their own page still shows is for the server to tell: it is asked at once.
 */
function dropPerson(queries: QueryClient, handle: string): void {
  const name = handle.toLowerCase()
  const own = { queryKey: ['activities', 'by', name] }
  const others: QueryFilters = {
    ...ACTIVITY_LISTS,
    predicate: ({ queryKey: [, by, who] }) => by !== 'by' || who !== name,
  }
  keepItems<Activity>(queries, others, ({ user, reposted_by }) => user.handle !== name && reposted_by?.handle !== name)
  keepItems<Notification>(queries, NOTIFICATION_LISTS, ({ actor }) => actor?.handle !== name)
  for (const [queryKey, shown] of queries.getQueriesData<ActivityWithAncestors>(ACTIVITY_PAGES)) {
    if (shown?.user.handle === name) removeQueries(queries, queryKey)
  }
  void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session', refetchType: 'none' })
  void queries.invalidateQueries(own)
}

/** Mutes a person for so many seconds, or until it is taken back (null). Their cruds leave the viewer's lists. */
export async function muteFor({ api, queries }: Tools, handle: string, seconds: number | null): Promise<void> {
  const param = { at_handle: `@${handle}` }
  const profile = await read(api.users[':at_handle'].mute.$put({ param, json: { seconds } }))
  dropPerson(queries, handle)
  queries.setQueryData(profileQuery(api, handle).queryKey, profile)
}

/** Hears a muted person again. */
export async function unmute({ api, queries }: Tools, handle: string): Promise<void> {
  const param = { at_handle: `@${handle}` }
  const profile = await read(api.users[':at_handle'].mute.$delete({ param }))
  dropPerson(queries, handle)
  queries.setQueryData(profileQuery(api, handle).queryKey, profile)
}

/** Blocks a person, or takes that back. */
export async function setBlock({ api, queries }: Tools, handle: string, on: boolean): Promise<void> {
  const call = api.users[':at_handle'].block
  const param = { at_handle: `@${handle}` }
  const profile = await read(on ? call.$put({ param }) : call.$delete({ param }))
  dropPerson(queries, handle)
  queries.setQueryData(profileQuery(api, handle).queryKey, profile)
}
