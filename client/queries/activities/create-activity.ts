import type { Activity } from '../../../worker/contract/activity.ts'
import type { Audience, WhoCanReply } from '../../../worker/contract/audience.ts'
import { handlesIn } from '../../../worker/contract/linkify.ts'
import { TTL_SECONDS, type Ttl } from '../../../worker/contract/ttl.ts'
import type { User } from '../../../worker/contract/user.ts'
import { withOrphanedDraft } from '../../forms/drafts/orphaned-draft.ts'
import { field } from '../../forms/field.ts'
import { imagesIn } from '../../forms/form-images.ts'
import { idempotencyHeaders } from '../../forms/idempotency-key.ts'
import type { SubmitMutation } from '../../forms/submissions.ts'
import { read } from '../../net/api.ts'
import type { LoaderContext } from '../../routing/loader-context.ts'
import { insertActivity } from '../cache/cached-activities.ts'

type Tools = Pick<LoaderContext, 'api' | 'queries'>

/** The author and the server's clock (ms), to show an activity before the server has answered. */
type OptimisticContext = { viewer: User; now: () => number; parent?: Activity }

/** An optimistic activity, while it is being sent. `key`: its idempotency key, which the created one gets too. */
export type PendingActivity = Activity & { key: string; pending: true }

export const isPending = (value: unknown): value is PendingActivity => value instanceof Object && 'pending' in value

function pendingActivity(form: FormData, { viewer, now, parent }: OptimisticContext): PendingActivity {
  const createdAt = now()
  const ttl = field(form, 'ttl') as Ttl | ''
  const message = field(form, 'message').trim()
  const expiresAt = ttl && new Date(createdAt + TTL_SECONDS[ttl] * 1000).toISOString()
  return {
    uuid: crypto.randomUUID(),
    key: field(form, 'idempotency_key'),
    message,
    warning: warningIn(form).warning ?? null,
    audience: parent?.audience ?? 'everyone',
    who_can_reply: parent?.who_can_reply ?? 'everyone',
    images: imagesIn(form),
    ...audienceIn(form),
    created_at: new Date(createdAt).toISOString(),
    expires_at: expiresAt || (parent?.expires_at ?? ''),
    reply_to_activity_uuid: parent?.uuid ?? null,
    reply_to_handle: parent?.user.handle ?? null,
    likes_count: 0,
    reposts_count: 0,
    replies_count: 0,
    mentions: handlesIn(message),
    user: viewer,
    viewer: { liked: false, reposted: false, can_reply: true },
    pending: true,
  }
}

/**
 * Returns the mutation that creates an activity from a form's `message`, `warning`, `ttl`, `audience` and `who_can_reply`.
 * `optimistic`: show it while pending.
 */
export const createActivity = (tools: Tools, optimistic?: OptimisticContext): SubmitMutation<Activity> =>
  submitMutation(tools, optimistic, ({ api }, form, headers) =>
    read(
      api.activities.$post(
        {
          json: {
            message: field(form, 'message'),
            ttl: field(form, 'ttl') as Ttl,
            images: imagesIn(form),
            ...audienceIn(form),
            ...warningIn(form),
          },
        },
        headers,
      ),
    ),
  )

/** Returns a form's choices of audience. A page that was opened before a deploy may lack these fields: then there are none. */
const audienceIn = (form: FormData) => {
  const audience = field(form, 'audience') as Audience | ''
  const who_can_reply = field(form, 'who_can_reply') as WhoCanReply | ''
  return { ...(audience && { audience }), ...(who_can_reply && { who_can_reply }) }
}

/** Returns a form's content warning, if it has one. */
const warningIn = (form: FormData): { warning?: string } => {
  const warning = field(form, 'warning').trim()
  return warning ? { warning } : {}
}

/** Like `createActivity`, for a reply to an activity. Without a `ttl` the reply expires with it. */
export const createReply = (tools: Tools, uuid: string, optimistic?: OptimisticContext): SubmitMutation<Activity> =>
  submitMutation(tools, optimistic, ({ api }, form, headers) => {
    const message = field(form, 'message')
    const ttl = field(form, 'ttl') as Ttl | ''
    const json = { message, images: imagesIn(form), ...(ttl && { ttl }), ...warningIn(form) }
    return withOrphanedDraft(form, () =>
      read(api.activities[':uuid'].replies.$post({ param: { uuid }, json }, headers)),
    )
  })

type Send = (tools: Tools, form: FormData, headers: Awaited<ReturnType<typeof idempotencyHeaders>>) => Promise<Activity>

const submitMutation = (
  tools: Tools,
  optimistic: OptimisticContext | undefined,
  send: Send,
): SubmitMutation<Activity> => ({
  onMutate: (form) => optimistic && pendingActivity(form, optimistic),
  mutationFn: async (form) => {
    const created = await send(tools, form, await idempotencyHeaders(form))
    insertActivity(tools.queries, created, field(form, 'idempotency_key'))
    return created
  },
})
