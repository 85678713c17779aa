import { notifyManager, type QueryClient } from '@tanstack/react-query'
import type { Activity } from '../../worker/contract/activity.ts'
import { LIFETIMES, type Ttl } from '../../worker/contract/limits.ts'
import type { User } from '../../worker/contract/user.ts'
import { field } from '../forms/form.ts'
import { sendOnce } from '../forms/idempotency-key.ts'
import { keepingWords } from '../forms/orphaned-draft.ts'
import { read } from '../net/api.ts'
import type { Loading } from '../routing/loader-context.ts'
import { insertActivity, showNew, withdrawActivity } from './cached-activities.ts'

type Tools = Pick<Loading, 'api' | 'queries'>

/** Who says it, and now by the server's clock, ms: with them, what is said is shown before the server has answered. */
export type Speaker = { viewer: User; now: number }

/** A crud on its way: as it will be, under a uuid of its own. */
type Outgoing = Activity & { sending: true }

export const isSending = (activity: Activity): boolean => 'sending' in activity

function outgoing(form: FormData, { viewer, now }: Speaker, parent?: Activity): Outgoing {
  const ttl = field(form, 'ttl') as Ttl | ''
  const own = ttl && new Date(now + LIFETIMES[ttl] * 1000).toISOString()
  return {
    uuid: crypto.randomUUID(),
    message: field(form, 'message').trim(),
    created_at: new Date(now).toISOString(),
    expires_at: own || (parent?.expires_at ?? ''),
    reply_to_activity_uuid: parent?.uuid ?? null,
    reply_to_handle: parent?.user.handle ?? null,
    likes_count: 0,
    reposts_count: 0,
    replies_count: 0,
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
      showNew(queries, made)
    })
  } catch (error) {
    if (shown) withdrawActivity(queries, shown)
    throw error
  }
}

/** Cruds what a form says: `message`, `ttl`. @throws ApiError when it was not taken; nothing shows it then. */
export async function crud({ api, queries }: Tools, form: FormData, speaker?: Speaker): Promise<void> {
  const json = { message: field(form, 'message'), ttl: field(form, 'ttl') as Ttl }
  await showing(queries, speaker && outgoing(form, speaker), async () =>
    read(api.activities.$post({ json }, await sendOnce(form))),
  )
}

/** Answers a crud with what a form says: `message`, and `ttl` when it is to end sooner. @throws ApiError as above. */
export async function answer(
  { api, queries }: Tools,
  uuid: string,
  form: FormData,
  speaker?: Speaker & { parent: Activity },
): Promise<void> {
  const message = field(form, 'message')
  const ttl = field(form, 'ttl') as Ttl | ''
  const json = { message, ...(ttl && { ttl }) }
  await showing(queries, speaker && outgoing(form, speaker, speaker.parent), async () => {
    const made = api.activities[':uuid'].replies.$post({ param: { uuid }, json }, await sendOnce(form))
    return keepingWords(message, () => read(made))
  })
}
