import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import type { Activity, ActivityWithAncestors } from '../../worker/contract/activity.ts'
import type { List } from '../../worker/contract/list.ts'

type Pages = InfiniteData<List<Activity>, string | null>

const LISTS = { queryKey: ['activities'] }
const SHOWN = { queryKey: ['activity'] }

/** Keeps, in every list that the browser holds, the cruds that pass. */
function keep(queries: QueryClient, passes: (activity: Activity) => boolean): void {
  queries.setQueriesData<Pages>(LISTS, (held) => {
    if (!held?.pages.some((page) => !page.data.every(passes))) return held
    return { ...held, pages: held.pages.map((page) => ({ ...page, data: page.data.filter(passes) })) }
  })
}

/** Forgets what has ended by `now` (ms, the server's clock): it is in no list and on no page any more. */
export function dropEnded(queries: QueryClient, now: number): void {
  const lives = (activity: Activity) => Date.parse(activity.expires_at) > now
  keep(queries, lives)
  for (const [queryKey, shown] of queries.getQueriesData<ActivityWithAncestors>(SHOWN)) {
    if (shown && !lives(shown)) queries.removeQueries({ queryKey, exact: true })
  }
}

/** Forgets a crud that its author put out, and its replies. */
export function dropActivity(queries: QueryClient, uuid: string): void {
  keep(queries, (activity) => activity.uuid !== uuid && activity.reply_to_activity_uuid !== uuid)
  queries.removeQueries({ queryKey: ['activity', uuid] })
  queries.removeQueries({ queryKey: ['activities', 'replies', uuid] })
  void queries.invalidateQueries({ queryKey: ['profile'] })
}

/** Puts a new crud on top of the lists that begin with the newest. */
export function showNew(queries: QueryClient, activity: Activity): void {
  const handle = activity.user.handle.toLowerCase()
  const lists = activity.reply_to_activity_uuid
    ? [['activities', 'by', handle, 'replies', null]]
    : [
        ['activities', 'home', null],
        ['activities', 'everyone', null],
        ['activities', 'by', handle, 'cruds', null],
      ]
  for (const queryKey of lists) {
    queries.setQueryData<Pages>(queryKey, (held) => {
      const [first, ...rest] = held?.pages ?? []
      return held && first ? { ...held, pages: [{ ...first, data: [activity, ...first.data] }, ...rest] } : held
    })
  }
  void queries.invalidateQueries({ queryKey: ['profile', handle] })
}

/** Puts a new reply at the end of what it answers, and counts it there. */
export function showNewReply(queries: QueryClient, reply: Activity): void {
  const parent = reply.reply_to_activity_uuid
  if (!parent) return
  showNew(queries, reply)
  void queries.invalidateQueries({ queryKey: ['activities', 'replies', parent] })
  void queries.invalidateQueries({ queryKey: ['activity', parent] })
  queries.setQueriesData<Pages>(LISTS, (held) => {
    if (!held?.pages.some((page) => page.data.some(({ uuid }) => uuid === parent))) return held
    const counted = (activity: Activity) =>
      activity.uuid === parent ? { ...activity, replies_count: activity.replies_count + 1 } : activity
    return { ...held, pages: held.pages.map((page) => ({ ...page, data: page.data.map(counted) })) }
  })
}
