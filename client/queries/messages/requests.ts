import type { Message } from '../../../worker/contract/message.ts'
import { ignoreStatus, read } from '../../net/api.ts'
import type { LoaderContext } from '../../routing/loader-context.ts'
import { filterItems } from '../cache/cache-updates.ts'
import { showToast } from '../cache/toasts.ts'
import { refetchConversations, removeFromRequests, showInInbox } from './messages.ts'

/** Accepts or declines a message request. A declined one is gone for the viewer, also from the cache. */
export async function answerRequest(
  { api, queries }: Pick<LoaderContext, 'api' | 'queries'>,
  { uuid, handle }: { uuid: string; handle: string },
  isAccepted: boolean,
): Promise<void> {
  const call = api.message_groups[':uuid']
  const param = { uuid }
  if (isAccepted) {
    await read(call.accept.$post({ param }))
    showInInbox(queries, uuid)
  } else {
    // 404: declined in another tab.
    await read(call.$delete({ param })).catch(ignoreStatus(404))
    filterItems<Message>(queries, { queryKey: ['messages', uuid] }, () => false)
    removeFromRequests(queries, uuid)
  }
  refetchConversations(queries)
  showToast(queries, isAccepted ? 'Accepted.' : `Declined. @${handle} won’t be told.`)
}
