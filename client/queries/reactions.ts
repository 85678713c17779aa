import type { Activity } from '../../worker/contract/activity.ts'
import { type Api, read } from '../net/api.ts'
import { sendLatest } from '../net/mutation-queue.ts'
import type { LoaderContext } from '../routing/loader-context.ts'
import { findActivity, markStale, overReads, updateActivity } from './cached-activities.ts'

/** What one can do to a crud, and undo. */
export type Reaction = 'like' | 'repost'

const PARTS = {
  like: { mark: 'liked', count: 'likes_count', people: 'likes' },
  repost: { mark: 'reposted', count: 'reposts_count', people: 'reposts' },
} as const

/** Whether the viewer has done it, and how many have. */
export type ReactionState = { on: boolean; count: number }

export function reactionState(activity: Activity, reaction: Reaction): ReactionState {
  const { mark, count } = PARTS[reaction]
  return { on: activity.viewer?.[mark] ?? false, count: activity[count] }
}

/** The crud as it is with its author's, everyone's and the viewer's other marks kept. */
function withState(activity: Activity, reaction: Reaction, { on, count }: ReactionState): Activity {
  const { mark, count: counted } = PARTS[reaction]
  const marks = { liked: false, reposted: false, ...activity.viewer }
  return { ...activity, [counted]: count, viewer: { ...marks, [mark]: on } }
}

const wished = (state: ReactionState, on: boolean): ReactionState =>
  state.on === on ? state : { on, count: Math.max(0, state.count + (on ? 1 : -1)) }

function send(api: Api, uuid: string, reaction: Reaction, on: boolean): Promise<Activity> {
  const call = api.activities[':uuid'][reaction]
  return read(on ? call.$put({ param: { uuid } }) : call.$delete({ param: { uuid } }))
}

/** Whether the viewer has done it, as every copy in the browser now shows. */
export const isOn = ({ queries }: Pick<LoaderContext, 'queries'>, activity: Activity, reaction: Reaction): boolean =>
  reactionState(findActivity(queries, activity.uuid) ?? activity, reaction).on

/**
 * Likes or reposts a crud, or takes that back. All copies of it show the wish at once, and in the end what the server
 * says. @throws what the last of several wishes failed with; the copies are as before then.
 */
export async function setReaction(
  { api, queries }: Pick<LoaderContext, 'api' | 'queries'>,
  uuid: string,
  reaction: Reaction,
  on: boolean,
): Promise<void> {
  const known = findActivity(queries, uuid)
  const held = known ? reactionState(known, reaction) : null
  updateActivity(queries, uuid, (activity) =>
    withState(activity, reaction, wished(reactionState(activity, reaction), on)),
  )
  const outcome = await overReads(queries, () =>
    sendLatest<ReactionState | null>({
      owner: queries,
      key: `${reaction} ${uuid}`,
      held,
      send: async () => reactionState(await send(api, uuid, reaction, on), reaction),
    }),
  )
  if (!outcome) return
  const { held: settled } = outcome
  if (settled) updateActivity(queries, uuid, (activity) => withState(activity, reaction, settled))
  if ('error' in outcome) throw outcome.error
  markStale(queries, ['people', PARTS[reaction].people, uuid])
  // One's likes are a tab of one's page; one's reposts stand among one's cruds and in feeds.
  markStale(queries, ['activities', 'by'], ...(reaction === 'repost' ? [['activities', 'home']] : []))
}
