import { Form, type LoaderFunctionArgs, redirect, useSearchParams } from 'react-router'
import { useApi, useViewer } from '../../app-context.tsx'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { Shell } from '../../components/layout/Shell.tsx'
import { ConversationRow } from '../../components/message/ConversationRow.tsx'
import { messageGroupsQuery } from '../../queries/messages.ts'
import { useList } from '../../queries/use-list.ts'
import { requireSignedIn } from '../../routing/loader-context.ts'
import { isProfileSegment, paths } from '../../routing/paths.ts'
import { loadSentences, sentence } from '../../texts/sentences.ts'
import { Button } from '../../ui/button/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Field } from '../../ui/form/Field.tsx'
import { MoreLink } from '../../ui/MoreLink.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'

/** A handle as people type it. */
const handleOf = (typed: string) => typed.trim().replace(/^@/, '')

/** The conversations. An address with a handle (`to`) goes on to the conversation with that person. */
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

export function Component() {
  const [search] = useSearchParams()
  const { items: groups, further } = useList(messageGroupsQuery(useApi(), search.get('cursor')))
  return (
    <Shell viewer={useViewer()} current="messages">
      <PageHead />
      <PageTitle>Messages</PageTitle>
      <p className="burning soft">Messages burn out after 30 days.</p>
      <To typed={search.get('to')} />
      {groups.length > 0 ? (
        <ul className="message-groups" aria-label="Conversations">
          {groups.map((group) => (
            <ConversationRow key={group.uuid} group={group} />
          ))}
        </ul>
      ) : (
        <EmptyState title="Nobody here yet">
          Type a handle above, or choose Message on somebody’s profile: that begins a conversation.
        </EmptyState>
      )}
      {further.cursor && (
        <MoreLink to={paths.messages({ cursor: further.cursor })} further={further}>
          Older conversations
        </MoreLink>
      )}
    </Shell>
  )
}

/** Leads to the conversation with a person. */
function To({ typed }: { typed: string | null }) {
  const wrong = typed === null ? undefined : sentence(handleOf(typed) ? 'handle_invalid' : 'user_reciever_handle_blank')
  return (
    <Form className="to" action={paths.messages()}>
      <Field
        name="to"
        label="To"
        placeholder="@handle"
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        defaultValue={typed ?? undefined}
        error={wrong}
      />
      <Button look="quiet">Write</Button>
    </Form>
  )
}
