import type { Session } from '../../worker/contract/session.ts'
import type { Profile } from '../../worker/contract/user.ts'
import { read } from '../net/api.ts'
import { sendLatest } from '../net/mutation-queue.ts'
import type { LoaderContext } from '../routing/loader-context.ts'
import { markStale, overReads, updateProfile } from './cached-activities.ts'
import { profileQuery } from './users.ts'

type Tools = Pick<LoaderContext, 'api' | 'queries'>

/** The page of a person whom the viewer follows now, or no more. */
function withFollowing(profile: Profile, following: boolean): Profile {
  const { viewer } = profile
  if (!viewer || viewer.following === following) return profile
  const followers_count = Math.max(0, profile.followers_count + (following ? 1 : -1))
  return { ...profile, followers_count, viewer: { ...viewer, following } }
}

/**
 * Follows a person, or ends that; their page shows it at once. @throws what the last of several wishes failed with; the
 * page is as before then.
 */
export async function setFollow({ api, queries }: Tools, handle: string, on: boolean): Promise<void> {
  const { queryKey } = profileQuery(api, handle)
  const known = queries.getQueryData(queryKey)
  updateProfile(queries, handle, (profile) => withFollowing(profile, on))
  const call = api.users[':at_handle'].follow
  const param = { at_handle: `@${handle}` }
  const outcome = await overReads(queries, () =>
    sendLatest<Profile | null>({
      owner: queries,
      key: `follow ${handle.toLowerCase()}`,
      held: known ?? null,
      send: () => read(on ? call.$put({ param }) : call.$delete({ param })),
    }),
  )
  if (!outcome) return
  if (outcome.held) queries.setQueryData(queryKey, outcome.held)
  if ('error' in outcome) throw outcome.error
  queries.setQueryData(
    ['session'],
    (session: Session | undefined) => session && { ...session, follows_nobody: on ? false : session.follows_nobody },
  )
  markStale(queries, ['activities', 'home'], ['activities', 'last-light'], ['people'])
  // One's own page counts whom one follows.
  void queries.invalidateQueries({ queryKey: ['profile'], predicate: (query) => query.queryKey[1] !== queryKey[1] })
}
