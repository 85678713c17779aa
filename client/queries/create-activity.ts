import { notifyManager, type QueryClient } from '@tanstack/react-query'
import type { Activity } from '../../worker/contract/activity.ts'
import { LIFETIMES, type Ttl } from '../../worker/contract/limits.ts'
import type { User } from '../../worker/contract/user.ts'
import { field } from '../forms/form.ts'
import { idempotencyHeaders } from '../forms/idempotency-key.ts'
import { keepingDraft } from '../forms/orphaned-draft.ts'
import type { SubmitMutation } from '../forms/submissions.ts'
import { read } from '../net/api.ts'
import type { LoaderContext } from '../routing/loader-context.ts'
import { insertActivity, insertTopLevel, withdrawActivity } from './cached-activities.ts'

type Tools = Pick<LoaderContext, 'api' | 'queries'>

/** The author, and the server's clock in ms: an activity is shown with them before the server has answered. */
export type OptimisticContext = { viewer: User; now: () => number }

/** An activity on its way, as it will be, under a uuid of its own. */
type PendingActivity = Activity & { pending: true }

export const isPending = (activity: Activity): boolean => 'pending' in activity

function pendingActivity(form: FormData, { viewer, now }: OptimisticContext, parent?: Activity): PendingActivity {
  const createdAt = now()
  const ttl = field(form, 'ttl') as Ttl | ''
  const expiresAt = ttl && new Date(createdAt + LIFETIMES[ttl] * 1000).toISOString()
  return {
    uuid: crypto.randomUUID(),
    message: field(form, 'message').trim(),
    created_at: new Date(createdAt).toISOString(),
    expires_at: expiresAt || (parent?.expires_at ?? ''),
    reply_to_activity_uuid: parent?.uuid ?? null,
    reply_to_handle: parent?.user.handle ?? null,
    likes_count: 0,
    reposts_count: 0,
    replies_count: 0,
    user: viewer,
    viewer: { liked: false, reposted: false },
    pending: true,
  }
}

/** Shows an activity while it is sent, and then the created one in its place, or none. */
async function sendOptimistically(
  queries: QueryClient,
  pending: PendingActivity | undefined,
  send: () => Promise<Activity>,
): Promise<void> {
  if (pending) insertActivity(queries, pending)
  try {
    const created = await send()
    notifyManager.batch(() => {
      if (pending) withdrawActivity(queries, pending)
      insertTopLevel(queries, created)
    })
  } catch (error) {
    if (pending) withdrawActivity(queries, pending)
    throw error
  }
}

/** Creates an activity from a form's `message` and `ttl`. It is optimistic where `optimistic` is given. */
export const createActivity = ({ api, queries }: Tools, optimistic?: OptimisticContext): SubmitMutation => ({
  mutationFn: (form) =>
    sendOptimistically(queries, optimistic && pendingActivity(form, optimistic), async () => {
      const json = { message: field(form, 'message'), ttl: field(form, 'ttl') as Ttl }
      return read(api.activities.$post({ json }, await idempotencyHeaders(form)))
    }),
})

/** Replies to an activity with a form's `message`, and its `ttl` if it is to expire sooner. Else as above. */
export const createReply = (
  { api, queries }: Tools,
  uuid: string,
  optimistic?: OptimisticContext & { parent: Activity },
): SubmitMutation => ({
  mutationFn: (form) =>
    sendOptimistically(queries, optimistic && pendingActivity(form, optimistic, optimistic.parent), async () => {
      const message = field(form, 'message')
      const ttl = field(form, 'ttl') as Ttl | ''
      const json = { message, ...(ttl && { ttl }) }
      const answer = api.activities[':uuid'].replies.$post({ param: { uuid }, json }, await idempotencyHeaders(form))
      return keepingDraft(message, () => read(answer))
    }),
})
