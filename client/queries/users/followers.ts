import type { Profile } from '../../../worker/contract/user.ts'
import { ApiError, read } from '../../net/api.ts'
import type { LoaderContext } from '../../routing/loader-context.ts'
import { runInOrder } from '../cache/run-mutation.ts'
import { showToast } from '../cache/toasts.ts'
import { profileQuery } from './users.ts'

type Tools = Pick<LoaderContext, 'api' | 'queries'>

/** Accepts or declines a user's request to follow the viewer. A request that was taken back meanwhile only leaves the lists. */
export async function answerFollowRequest(tools: Tools, handle: string, isAccepted: boolean): Promise<void> {
  const call = tools.api['follow-requests'][':at_handle']
  const param = { at_handle: `@${handle}` }
  try {
    await changeFollower(tools, handle, () => read(isAccepted ? call.$put({ param }) : call.$delete({ param })))
    showToast(tools.queries, isAccepted ? `@${handle} follows you now.` : `Declined. @${handle} won’t be told.`)
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error
    await refetchFollowers(tools)
    showToast(tools.queries, `@${handle} no longer asks to follow you.`)
  }
}

/** Ends a user's follow of the viewer. */
export async function removeFollower(tools: Tools, handle: string): Promise<void> {
  const param = { at_handle: `@${handle}` }
  await changeFollower(tools, handle, () => read(tools.api.followers[':at_handle'].$delete({ param })))
  showToast(tools.queries, `@${handle} no longer follows you.`)
}

/** Adds a user to the viewer's circle, or removes them. */
export async function setInCircle({ api, queries }: Tools, handle: string, on: boolean): Promise<void> {
  const call = api.circle[':at_handle']
  const param = { at_handle: `@${handle}` }
  await writeAndCacheProfile({ api, queries }, handle, () => read(on ? call.$put({ param }) : call.$delete({ param })))
  await queries.invalidateQueries({ queryKey: ['users', 'circle'] })
  showToast(queries, on ? `@${handle} is in your circle.` : `@${handle} is no longer in your circle.`)
}

async function changeFollower(tools: Tools, handle: string, send: () => Promise<Profile>): Promise<void> {
  await writeAndCacheProfile(tools, handle, send)
  await refetchFollowers(tools)
}

/** Runs a write that changes what a user is to the viewer, and caches the user's profile that it returns. */
async function writeAndCacheProfile(
  { api, queries }: Tools,
  handle: string,
  send: () => Promise<Profile>,
): Promise<void> {
  const profile = await runInOrder(queries, `relation ${handle.toLowerCase()}`, send)
  queries.setQueryData(profileQuery(api, handle).queryKey, profile)
}

/** Refetches what shows the viewer's followers and requests, so that the page shown next has them. */
async function refetchFollowers({ queries }: Tools): Promise<void> {
  const keys = ['users', 'profile', 'notifications', 'unread']
  await Promise.all(keys.map((key) => queries.invalidateQueries({ queryKey: [key] })))
}
