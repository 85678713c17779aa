import type { QueryClient } from '@tanstack/react-query'
import type { Activity, ActivityWithAncestors } from '../../../worker/contract/activity.ts'
import type { Notification } from '../../../worker/contract/notification.ts'
import type { Profile } from '../../../worker/contract/user.ts'
import { read } from '../../net/api.ts'
import type { LoaderContext } from '../../routing/loader-context.ts'
import { filterItems } from '../cache/cache-updates.ts'
import { ACTIVITY_LISTS, ACTIVITY_PAGES, NOTIFICATION_LISTS, removeQueries } from '../cache/cached-activities.ts'
import { runInOrder } from '../cache/run-mutation.ts'
import { profileQuery } from './users.ts'

type Tools = Pick<LoaderContext, 'api' | 'queries'>

/** Mutes a user for `seconds`; null: until they are unmuted. */
export const mute = (tools: Tools, handle: string, seconds: number | null) =>
  changeRelation(tools, handle, (call, param) => read(call.mute.$put({ param, json: { seconds } })))

export const unmute = (tools: Tools, handle: string) =>
  changeRelation(tools, handle, (call, param) => read(call.mute.$delete({ param })))

export const block = (tools: Tools, handle: string) =>
  changeRelation(tools, handle, (call, param) => read(call.block.$put({ param })))

export const unblock = (tools: Tools, handle: string) =>
  changeRelation(tools, handle, (call, param) => read(call.block.$delete({ param })))

type UserCalls = Tools['api']['users'][':at_handle']

async function changeRelation(
  { api, queries }: Tools,
  handle: string,
  send: (call: UserCalls, param: { at_handle: string }) => Promise<Profile>,
): Promise<void> {
  const profile = await runInOrder(queries, `relation ${handle.toLowerCase()}`, () =>
    send(api.users[':at_handle'], { at_handle: `@${handle}` }),
  )
  removeUser(queries, handle)
  queries.setQueryData(profileQuery(api, handle).queryKey, profile)
  // Await the lists in the settings: the settings page is shown next.
  await Promise.all(['blocked_users', 'muted_users'].map((key) => queries.invalidateQueries({ queryKey: [key] })))
}

/** Removes a user from all lists but those of their own page, and marks all else as stale: the server decides what is visible. */
function removeUser(queries: QueryClient, handle: string): void {
  const name = handle.toLowerCase()
  const isOwn = ([, list, author]: readonly unknown[]) => list === 'user' && author === name
  filterItems<Activity>(
    queries,
    { ...ACTIVITY_LISTS, predicate: ({ queryKey }) => !isOwn(queryKey) },
    ({ user, reposted_by }) => user.handle !== name && reposted_by?.handle !== name,
  )
  filterItems<Notification>(queries, NOTIFICATION_LISTS, ({ actor }) => actor?.handle !== name)
  for (const [queryKey, activity] of queries.getQueriesData<ActivityWithAncestors>(ACTIVITY_PAGES)) {
    if (activity?.user.handle === name) removeQueries(queries, queryKey)
  }
  void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session', refetchType: 'none' })
  void queries.invalidateQueries({ queryKey: ['activities', 'user', name] })
}
