import { type LoaderFunctionArgs, redirect, useSearchParams } from 'react-router'
import { useApi, useViewer } from '../../app-context.tsx'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { Shell } from '../../components/layout/Shell.tsx'
import { ConversationRow } from '../../components/message/ConversationRow.tsx'
import { MessageRequests } from '../../components/message/MessageRequests.tsx'
import { MessageRequestsLink } from '../../components/message/MessageRequestsLink.tsx'
import { RecipientForm } from '../../components/message/RecipientForm.tsx'
import { ignoreStatus, read } from '../../net/api.ts'
import { useList } from '../../queries/cache/use-list.ts'
import { conversationsQuery } from '../../queries/messages/messages.ts'
import { profileQuery } from '../../queries/users/users.ts'
import { requireSignedIn } from '../../routing/guards.ts'
import type { LoaderContext } from '../../routing/loader-context.ts'
import { isProfileSegment, paths } from '../../routing/paths.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { MoreLink } from '../../ui/MoreLink.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'

/** Returns the handle or name that was typed: trimmed, without @. */
const nameOf = (typed: string) => typed.trim().replace(/^@/, '')

/** Returns the handle of the user with this handle, or of the only one whose handle or name begins so. */
async function findRecipient({ api, queries }: LoaderContext, name: string): Promise<string | undefined> {
  if (isProfileSegment(`@${name}`)) {
    const profile = await queries.ensureQueryData(profileQuery(api, name)).catch(ignoreStatus(404))
    if (profile) return profile.handle
  }
  const found = await read(api.users.$get({ query: { prefix: name, limit: '2' } })).catch(ignoreStatus(422))
  return found?.data.length === 1 ? found.data[0]?.handle : undefined
}

/** Loads the list of conversations or requests. With a user as `to`, redirects to the conversation with them. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const tools = await requireSignedIn({ request, context })
  const search = new URL(request.url).searchParams
  const name = nameOf(search.get('to') ?? '')
  const { api, queries } = tools
  const cursor = search.get('cursor')
  const [handle] = await Promise.all([
    name && findRecipient(tools, name),
    ...(search.get('folder') === 'requests'
      ? [queries.ensureInfiniteQueryData(conversationsQuery(api, cursor, 'requests'))]
      : [
          queries.ensureInfiniteQueryData(conversationsQuery(api, cursor)),
          queries.ensureInfiniteQueryData(conversationsQuery(api, null, 'requests')),
        ]),
  ])
  if (handle) throw redirect(paths.newMessage(handle))
  return null
}

/** Returns the error of the To field. If the text names a user, the loader redirects before this. */
function recipientError(typed: string | null): string | undefined {
  if (typed === null) return undefined
  return nameOf(typed)
    ? 'We can’t find anyone with that handle or name. Check it for typos.'
    : 'Who is it for? Enter a handle.'
}

/** The page that lists the viewer's conversations, or with `folder=requests` message requests. */
export function Component() {
  const [search] = useSearchParams()
  return (
    <Shell viewer={useViewer()} current="messages">
      {search.get('folder') === 'requests' ? <MessageRequests /> : <Inbox />}
    </Shell>
  )
}

function Inbox() {
  const [search] = useSearchParams()
  const typed = search.get('to')
  const { items: groups, pagination } = useList(conversationsQuery(useApi(), search.get('cursor')))
  return (
    <>
      <PageHead title="Messages" />
      <PageTitle>Messages</PageTitle>
      <p className="messages-note soft">Messages burn out after 30 days.</p>
      <RecipientForm typed={typed} error={recipientError(typed)} />
      <MessageRequestsLink />
      {groups.length > 0 ? (
        <ul aria-label="Conversations">
          {groups.map((group) => (
            <ConversationRow key={group.uuid} group={group} />
          ))}
        </ul>
      ) : (
        <EmptyState title="No conversations yet">
          Type a handle above, or press Message on someone’s profile, to start a conversation.
        </EmptyState>
      )}
      {pagination.cursor && (
        <MoreLink to={paths.messages({ cursor: pagination.cursor })} pagination={pagination}>
          Older conversations
        </MoreLink>
      )}
    </>
  )
}
