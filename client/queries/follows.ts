import type { QueryClient } from '@tanstack/react-query'
import type { Session } from '../../worker/contract/session.ts'
import type { ListedUser, Profile } from '../../worker/contract/user.ts'
import { read } from '../net/api.ts'
import type { LoaderContext } from '../routing/loader-context.ts'
import { updateEverywhere } from './cache-updates.ts'
import { markStale } from './cached-activities.ts'
import { pendingToggle, runToggle } from './toggle.ts'
import { profileQuery } from './users.ts'

const keyOf = (handle: string) => ['follow', handle.toLowerCase()]

/** Returns whether the viewer's pending press follows a user; undefined if no press is pending. */
export const pendingFollow = (queries: QueryClient, handle: string): boolean | undefined =>
  pendingToggle(queries, keyOf(handle))

/** Writes into the cache whether the viewer follows a user: on the user's page and in lists. */
function showFollowing(queries: QueryClient, handle: string, following: boolean): void {
  const isUser = (value: object): value is ListedUser | Profile =>
    'handle' in value && value.handle === handle.toLowerCase() && 'viewer' in value
  updateEverywhere(queries, isUser, (user) => {
    if (!user.viewer || user.viewer.following === following) return user
    const viewer = { ...user.viewer, following }
    if (!('followers_count' in user)) return { ...user, viewer }
    return { ...user, viewer, followers_count: Math.max(0, user.followers_count + (following ? 1 : -1)) }
  })
}

/**
 * Follows or unfollows a user (see runToggle).
 * @throws the error of the latest press.
 */
export async function setFollow(
  { api, queries }: Pick<LoaderContext, 'api' | 'queries'>,
  handle: string,
  on: boolean,
): Promise<void> {
  const { queryKey } = profileQuery(api, handle)
  const call = api.users[':at_handle'].follow
  const param = { at_handle: `@${handle}` }
  await runToggle<Profile>(queries, {
    key: keyOf(handle),
    on,
    show: (following, profile) => {
      showFollowing(queries, handle, profile?.viewer?.following ?? following)
      if (profile) queries.setQueryData(queryKey, profile)
    },
    send: () => read(on ? call.$put({ param }) : call.$delete({ param })),
  })
  if (on) queries.setQueryData<Session>(['session'], (session) => session && { ...session, follows_nobody: false })
  markStale(queries, ['activities', 'home'], ['people'])
  // The viewer's own page shows how many users they follow.
  void queries.invalidateQueries({ queryKey: ['profile'], predicate: (query) => query.queryKey[1] !== queryKey[1] })
}
