import type { QueryClient } from '@tanstack/react-query'
import type { Session } from '../../worker/contract/session.ts'
import type { FollowingState, ListedUser, Profile } from '../../worker/contract/user.ts'
import { read } from '../net/api.ts'
import type { LoaderContext } from '../routing/loader-context.ts'
import { updateEverywhere } from './cache-updates.ts'
import { markStale } from './cached-activities.ts'
import { pendingToggle, runToggle } from './toggle.ts'
import { profileQuery } from './users.ts'

const keyOf = (handle: string) => ['follow', handle.toLowerCase()]

/** Whether the viewer follows a person, or asks to, by their latest press; undefined when none is pending. */
export const pendingFollow = (queries: QueryClient, handle: string): boolean | undefined =>
  pendingToggle(queries, keyOf(handle))

/** Shows what the viewer is to a person as a follower, on their page and in lists. Only a follow counts. */
function showFollowing(queries: QueryClient, handle: string, following: FollowingState): void {
  const isPerson = (value: object): value is ListedUser | Profile =>
    'handle' in value && value.handle === handle.toLowerCase() && 'viewer' in value
  updateEverywhere(queries, isPerson, (person) => {
    if (!person.viewer || person.viewer.following === following) return person
    const viewer = { ...person.viewer, following }
    if (!('followers_count' in person)) return { ...person, viewer }
    const change = Number(following === 'yes') - Number(person.viewer.following === 'yes')
    return { ...person, viewer, followers_count: Math.max(0, person.followers_count + change) }
  })
}

/**
 * Follows a person, or asks to where they approve followers, or ends either (runToggle).
 * @throws what the latest press failed with.
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
  markStale(queries, ['activities', 'home'], ['people'])
  // The viewer's own page counts whom they follow.
  void queries.invalidateQueries({ queryKey: ['profile'], predicate: (query) => query.queryKey[1] !== queryKey[1] })
}
