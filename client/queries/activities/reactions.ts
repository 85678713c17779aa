import type { QueryClient } from '@tanstack/react-query'
import type { Activity } from '../../../worker/contract/activity.ts'
import { type Api, read } from '../../net/api.ts'
import type { LoaderContext } from '../../routing/loader-context.ts'
import { markStale, updateActivity } from '../cache/cached-activities.ts'
import { pendingToggle, runToggle } from '../cache/optimistic-toggle.ts'

/** A toggle that a viewer has on an activity. */
export type Reaction = 'like' | 'repost'

const FIELDS = {
  like: { mark: 'liked', count: 'likes_count', list: 'likes' },
  repost: { mark: 'reposted', count: 'reposts_count', list: 'reposts' },
} as const

/** Whether the viewer has reacted, and how many users have. */
type ReactionState = { on: boolean; count: number }

export function reactionState(activity: Activity, reaction: Reaction): ReactionState {
  const { mark, count } = FIELDS[reaction]
  return { on: activity.viewer?.[mark] ?? false, count: activity[count] }
}

/** Returns whether the viewer has reacted, also by a pending press that is not rendered yet. */
export const hasReacted = (queries: QueryClient, activity: Activity, reaction: Reaction): boolean =>
  pendingToggle(queries, [reaction, activity.uuid]) ?? reactionState(activity, reaction).on

/** Returns the activity with a new state of one reaction. */
function withState(activity: Activity, reaction: Reaction, { on, count }: ReactionState): Activity {
  const { mark, count: countField } = FIELDS[reaction]
  const marks = { liked: false, reposted: false, can_reply: true, ...activity.viewer }
  return { ...activity, [countField]: count, viewer: { ...marks, [mark]: on } }
}

const toggled = (state: ReactionState, on: boolean): ReactionState =>
  state.on === on ? state : { on, count: Math.max(0, state.count + (on ? 1 : -1)) }

function send(api: Api, uuid: string, reaction: Reaction, on: boolean): Promise<Activity> {
  const call = api.activities[':uuid'][reaction]
  return read(on ? call.$put({ param: { uuid } }) : call.$delete({ param: { uuid } }))
}

/**
 * Likes or reposts an activity, or undoes that (see runToggle).
 * @throws the error of the latest press.
 */
export async function setReaction(
  { api, queries }: Pick<LoaderContext, 'api' | 'queries'>,
  uuid: string,
  reaction: Reaction,
  on: boolean,
): Promise<void> {
  await runToggle(queries, {
    key: [reaction, uuid],
    on,
    show: (shownOn, answer) =>
      updateActivity(queries, uuid, (activity) => {
        const state = answer ? reactionState(answer, reaction) : toggled(reactionState(activity, reaction), shownOn)
        return withState(activity, reaction, state)
      }),
    send: () => send(api, uuid, reaction, on),
  })
  markStale(queries, ['users', FIELDS[reaction].list, uuid])
  // The viewer's page shows likes in a tab and reposts among their activities; feeds show reposts too.
  markStale(queries, ['activities', 'user'], ...(reaction === 'repost' ? [['activities', 'home']] : []))
}
