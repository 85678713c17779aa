import type { Activity } from '../../../worker/contract/activity.ts'
import type { Audience, WhoCanReply } from '../../../worker/contract/audience.ts'
import type { List } from '../../../worker/contract/list.ts'
import type { Message } from '../../../worker/contract/message.ts'
import type { Profile } from '../../../worker/contract/user.ts'
import type { Answer, Client } from '../../harness/client.ts'
import { expectStatus } from '../assertions/expect-answer.ts'
import { changesProfile } from './change-profile.ts'

/** An activity, conversation or notification. */
export type HasUuid = { uuid: string }
/** A user. */
export type HasHandle = { handle: string }

// Each action fails the test unless the API accepts it.

const okBody = (answer: Answer) => expectStatus(answer, 200).body

const sendsJson = (who: Client, method: string, path: string, json: unknown) =>
  who.send(method, path, { 'content-type': 'application/json' }, JSON.stringify(json))

export const likes = async (who: Client, { uuid }: HasUuid): Promise<Activity> =>
  okBody(await who.put(`/api/activities/${uuid}/like`))
export const unlikes = async (who: Client, { uuid }: HasUuid): Promise<Activity> =>
  okBody(await who.delete(`/api/activities/${uuid}/like`))
export const reposts = async (who: Client, { uuid }: HasUuid): Promise<Activity> =>
  okBody(await who.put(`/api/activities/${uuid}/repost`))
export const unreposts = async (who: Client, { uuid }: HasUuid): Promise<Activity> =>
  okBody(await who.delete(`/api/activities/${uuid}/repost`))

export const follows = async (who: Client, { handle }: HasHandle): Promise<Profile> =>
  okBody(await who.put(`/api/users/@${handle}/follow`))
export const unfollows = async (who: Client, { handle }: HasHandle): Promise<Profile> =>
  okBody(await who.delete(`/api/users/@${handle}/follow`))
export const blocks = async (who: Client, { handle }: HasHandle): Promise<Profile> =>
  okBody(await who.put(`/api/users/@${handle}/block`))
export const unblocks = async (who: Client, { handle }: HasHandle): Promise<Profile> =>
  okBody(await who.delete(`/api/users/@${handle}/block`))
export const mutes = async (who: Client, { handle }: HasHandle, seconds: number | null = null): Promise<Profile> =>
  okBody(await who.put(`/api/users/@${handle}/mute`, { seconds }))
export const unmutes = async (who: Client, { handle }: HasHandle): Promise<Profile> =>
  okBody(await who.delete(`/api/users/@${handle}/mute`))

/** Turns the approval of followers on or off. */
export const approvesFollowers = async (who: Client, approves_followers = true): Promise<void> => {
  await changesProfile(who, { approves_followers })
}
export const accepts = async (who: Client, { handle }: HasHandle): Promise<Profile> =>
  okBody(await who.put(`/api/follow-requests/@${handle}`))
export const declines = async (who: Client, { handle }: HasHandle): Promise<Profile> =>
  okBody(await who.delete(`/api/follow-requests/@${handle}`))
export const removesFollower = async (who: Client, { handle }: HasHandle): Promise<Profile> =>
  okBody(await who.delete(`/api/followers/@${handle}`))
export const addsToCircle = async (who: Client, { handle }: HasHandle): Promise<Profile> =>
  okBody(await who.put(`/api/circle/@${handle}`))
export const removesFromCircle = async (who: Client, { handle }: HasHandle): Promise<Profile> =>
  okBody(await who.delete(`/api/circle/@${handle}`))

/** Audience of a new activity, and who may reply; the defaults where left out. */
type Reach = { audience?: Audience; who_can_reply?: WhoCanReply }

/** Creates an activity for an audience. */
export const postsTo = async (who: Client, reach: Reach, message: string): Promise<Activity> =>
  expectStatus(await who.post('/api/activities', { message, ttl: '1-hour', ...reach }), 201).body
export const letsReply = async (who: Client, { uuid }: HasUuid, who_can_reply: WhoCanReply): Promise<Activity> =>
  okBody(await sendsJson(who, 'PATCH', `/api/activities/${uuid}`, { who_can_reply }))

/** Creates an activity. */
export const posts = async (who: Client, message: string, ttl = '1-hour'): Promise<Activity> =>
  expectStatus(await who.post('/api/activities', { message, ttl }), 201).body
export const replies = async (who: Client, { uuid }: HasUuid, message: string, ttl?: string): Promise<Activity> =>
  expectStatus(await who.post(`/api/activities/${uuid}/replies`, { message, ttl }), 201).body
/** Creates an activity with a content warning. */
export const warns = async (who: Client, message: string, warning: string): Promise<Activity> =>
  expectStatus(await who.post('/api/activities', { message, warning, ttl: '1-hour' }), 201).body
/** Deletes an own activity and posts another in its place (delete and rewrite). */
export const rewrites = async (who: Client, { uuid }: HasUuid, message: string): Promise<Activity> =>
  expectStatus(await who.post('/api/activities', { message, replaces: uuid }), 201).body
export const deletes = async (who: Client, { uuid }: HasUuid): Promise<void> => {
  expectStatus(await who.delete(`/api/activities/${uuid}`), 204)
}

/** Sends a direct message. */
export const sendsMessage = async (who: Client, { handle }: HasHandle, message: string): Promise<Message> =>
  expectStatus(await who.post('/api/messages', { handle, message }), 201).body

/** Reads a path; returns the body. */
export const reads = async (who: Client, path: string) => okBody(await who.get(path))

/** Reads the first page of a list; returns its items. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into lists of every shape
export const lists = async (who: Client, path: string): Promise<any[]> => (await reads(who, path)).data
export const uuidsIn = async (who: Client, path: string): Promise<string[]> =>
  (await lists(who, path)).map(({ uuid }) => uuid)
export const handlesIn = async (who: Client, path: string): Promise<string[]> =>
  (await lists(who, path)).map(({ handle }) => handle)

/** Reads a list to its end; returns the uuids of each page. `between` runs after each page but the last. */
export async function readPages(
  who: Client,
  path: string,
  limit: number,
  between: (pages: string[][]) => Promise<void> = async () => {},
): Promise<string[][]> {
  const pages: string[][] = []
  let cursor: string | null = null
  do {
    const query: string = `limit=${limit}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`
    const page: List<HasUuid> = await reads(who, `${path}${path.includes('?') ? '&' : '?'}${query}`)
    pages.push(page.data.map(({ uuid }) => uuid))
    cursor = page.next_cursor
    if (cursor !== null) await between(pages)
  } while (cursor !== null)
  return pages
}
