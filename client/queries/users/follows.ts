import type { QueryClient } from '@tanstack/react-query'
import type { Activity, ActivityWithAncestors } from '../../../worker/contract/activity.ts'
import type { Session } from '../../../worker/contract/session.ts'
import type { FollowingState, ListedUser, Profile } from '../../../worker/contract/user.ts'
import { read } from '../../net/api.ts'
import type { LoaderContext } from '../../routing/loader-context.ts'
import { filterItems, updateEverywhere } from '../cache/cache-updates.ts'
import { ACTIVITY_LISTS, ACTIVITY_PAGES, markStale, removeQueries } from '../cache/cached-activities.ts'
import { pendingToggle, runToggle } from '../cache/optimistic-toggle.ts'
import { profileQuery } from './users.ts'

const keyOf = (handle: string) => ['follow', handle.toLowerCase()]

/** Returns whether the viewer's pending press follows a user, or requests to; undefined if no press is pending. */
export const pendingFollow = (queries: QueryClient, handle: string): boolean | undefined =>
  pendingToggle(queries, keyOf(handle))

/** Writes into the cache whether the viewer follows a user, on the user's page and in lists. A request is not counted. */
function showFollowing(queries: QueryClient, handle: string, following: FollowingState): void {
  const isUser = (value: object): value is ListedUser | Profile =>
    'handle' in value && value.handle === handle.toLowerCase() && 'viewer' in value
  updateEverywhere(queries, isUser, (user) => {
    if (!user.viewer || user.viewer.following === following) return user
    const viewer = { ...user.viewer, following }
    if (!('followers_count' in user)) return { ...user, viewer }
    const change = Number(following === 'yes') - Number(user.viewer.following === 'yes')
    return { ...user, viewer, followers_count: Math.max(0, user.followers_count + change) }
  })
}

/**
 * Follows a user, or requests to if the user approves followers, or ends either (see runToggle).
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
  const whenOn = queries.getQueryData(queryKey)?.approves_followers ? 'requested' : 'yes'
  const showFollower = () =>
    queries.setQueryData<Session>(['session'], (session) => session && { ...session, follows_nobody: false })
  await runToggle<Profile>(queries, {
    key: keyOf(handle),
    on,
    show: (shownOn, profile) => {
      const following = profile?.viewer?.following ?? (shownOn ? whenOn : 'no')
      showFollowing(queries, handle, following)
      if (profile) queries.setQueryData(queryKey, profile)
      if (profile && following === 'yes') showFollower()
    },
    send: () => read(on ? call.$put({ param }) : call.$delete({ param })),
  })
  if (!on) hideForFollowers(queries, handle)
  markStale(queries, ['activities'], ['activity'], ['notifications'], ['users'])
  // The user's page, if it is open, now shows what is for followers, or no longer does.
  void queries.invalidateQueries({ queryKey: ['activities', 'user', handle.toLowerCase()] })
  // The viewer's own page shows how many users they follow.
  void queries.invalidateQueries({ queryKey: ['profile'], predicate: (query) => query.queryKey[1] !== queryKey[1] })
}

/** Removes a user's activities for followers from lists and pages, since the viewer follows them no more. */
function hideForFollowers(queries: QueryClient, handle: string): void {
  const isHidden = ({ user, audience }: Activity) => audience === 'followers' && user.handle === handle.toLowerCase()
  filterItems<Activity>(queries, ACTIVITY_LISTS, (activity) => !isHidden(activity))
  for (const [queryKey, page] of queries.getQueriesData<ActivityWithAncestors>(ACTIVITY_PAGES)) {
    if (page && [page, ...page.ancestors].some(isHidden)) removeQueries(queries, queryKey)
  }
}
