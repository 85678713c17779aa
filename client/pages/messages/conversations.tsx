import { Form, type LoaderFunctionArgs, redirect, useSearchParams } from 'react-router'
import { useApi, useViewer } from '../../app-context.tsx'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { Shell } from '../../components/layout/Shell.tsx'
import { ConversationRow } from '../../components/message/ConversationRow.tsx'
import { useList } from '../../queries/cache/use-list.ts'
import { messageGroupsQuery } from '../../queries/messages/messages.ts'
import { requireSignedIn } from '../../routing/guards.ts'
import { isProfileSegment, paths } from '../../routing/paths.ts'
import { loadSentences, sentence } from '../../texts/sentences.ts'
import { Button } from '../../ui/button/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Field } from '../../ui/form/Field.tsx'
import { MoreLink } from '../../ui/MoreLink.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'

/** Returns the handle in what was typed: trimmed, without @. */
const handleOf = (typed: string) => typed.trim().replace(/^@/, '')

/** Loads the list of conversations. With a handle as `to`, redirects to the conversation with that user. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { api, queries } = await requireSignedIn({ request, context })
  const search = new URL(request.url).searchParams
  const to = search.get('to')
  const handle = handleOf(to ?? '')
  if (isProfileSegment(`@${handle}`)) throw redirect(paths.newMessage(handle))
  if (to !== null) await loadSentences()
  await queries.ensureInfiniteQueryData(messageGroupsQuery(api, search.get('cursor')))
  return null
}

/** The page that lists the viewer's conversations. */
export function Component() {
  const [search] = useSearchParams()
  const { items: groups, pagination } = useList(messageGroupsQuery(useApi(), search.get('cursor')))
  return (
    <Shell viewer={useViewer()} current="messages">
      <PageHead />
      <PageTitle>Messages</PageTitle>
      <p className="messages-note soft">Messages burn out after 30 days.</p>
      <RecipientForm typed={search.get('to')} />
      {groups.length > 0 ? (
        <ul aria-label="Conversations">
          {groups.map((group) => (
            <ConversationRow key={group.uuid} group={group} />
          ))}
        </ul>
      ) : (
        <EmptyState title="Nobody here yet">
          Type a handle above, or choose Message on somebody’s profile: that begins a conversation.
        </EmptyState>
      )}
      {pagination.cursor && (
        <MoreLink to={paths.messages({ cursor: pagination.cursor })} pagination={pagination}>
          Older conversations
        </MoreLink>
      )}
    </Shell>
  )
}

/** Form that opens the conversation with a user, by handle. */
function RecipientForm({ typed }: { typed: string | null }) {
  const error = typed === null ? undefined : sentence(handleOf(typed) ? 'handle_invalid' : 'user_reciever_handle_blank')
  return (
    <Form className="recipient-form" action={paths.messages()}>
      <Field
        name="to"
        label="To"
        placeholder="@handle"
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        defaultValue={typed ?? undefined}
        error={error}
      />
      <Button look="quiet">Write</Button>
    </Form>
  )
}
