import { notifyManager, type QueryClient } from '@tanstack/react-query'
import type { Activity } from '../../worker/contract/activity.ts'
import { LIFETIMES, type Ttl } from '../../worker/contract/limits.ts'
import { handlesIn } from '../../worker/contract/segments.ts'
import type { User } from '../../worker/contract/user.ts'
import { field } from '../forms/form.ts'
import { idempotencyHeaders } from '../forms/idempotency-key.ts'
import { keepingDraft } from '../forms/orphaned-draft.ts'
import { read } from '../net/api.ts'
import type { LoaderContext } from '../routing/loader-context.ts'
import { insertActivity, insertTopLevel, withdrawActivity } from './cached-activities.ts'

type Tools = Pick<LoaderContext, 'api' | 'queries'>

/** Who says it, and now by the server's clock, ms: with them, what is said is shown before the server has answered. */
export type OptimisticContext = { viewer: User; now: number }

/** A crud on its way: as it will be, under a uuid of its own. */
type Outgoing = Activity & { sending: true }

export const isPending = (activity: Activity): boolean => 'sending' in activity

function outgoing(form: FormData, { viewer, now }: OptimisticContext, parent?: Activity): Outgoing {
  const ttl = field(form, 'ttl') as Ttl | ''
  const message = field(form, 'message').trim()
  const own = ttl && new Date(now + LIFETIMES[ttl] * 1000).toISOString()
  return {
    uuid: crypto.randomUUID(),
    message,
    created_at: new Date(now).toISOString(),
    expires_at: own || (parent?.expires_at ?? ''),
    reply_to_activity_uuid: parent?.uuid ?? null,
    reply_to_handle: parent?.user.handle ?? null,
    likes_count: 0,
    reposts_count: 0,
    replies_count: 0,
    mentions: handlesIn(message),
    user: viewer,
    viewer: { liked: false, reposted: false },
    sending: true,
  }
}

/** Shows what is on its way, and then what came of it: the real one, or nothing. */
async function showing(queries: QueryClient, shown: Outgoing | undefined, send: () => Promise<Activity>) {
  if (shown) insertActivity(queries, shown)
  try {
    const made = await send()
    notifyManager.batch(() => {
      if (shown) withdrawActivity(queries, shown)
      insertTopLevel(queries, made)
    })
  } catch (error) {
    if (shown) withdrawActivity(queries, shown)
    throw error
  }
}

/** Cruds what a form says: `message`, `ttl`. @throws ApiError when it was not taken; nothing shows it then. */
export async function createActivity(
  { api, queries }: Tools,
  form: FormData,
  speaker?: OptimisticContext,
): Promise<void> {
  const json = { message: field(form, 'message'), ttl: field(form, 'ttl') as Ttl }
  await showing(queries, speaker && outgoing(form, speaker), async () =>
    read(api.activities.$post({ json }, await idempotencyHeaders(form))),
  )
}

/** Answers a crud with what a form says: `message`, and `ttl` when it is to end sooner. @throws ApiError as above. */
export async function createReply(
  { api, queries }: Tools,
  uuid: string,
  form: FormData,
  speaker?: OptimisticContext & { parent: Activity },
): Promise<void> {
  const message = field(form, 'message')
  const ttl = field(form, 'ttl') as Ttl | ''
  const json = { message, ...(ttl && { ttl }) }
  await showing(queries, speaker && outgoing(form, speaker, speaker.parent), async () => {
    const made = api.activities[':uuid'].replies.$post({ param: { uuid }, json }, await idempotencyHeaders(form))
    return keepingDraft(message, () => read(made))
  })
}
