import { useQueryClient, useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
  useActionData,
  useParams,
  useSearchParams,
} from 'react-router'
import { useApi, useViewer } from '../../app-context.tsx'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { Shell } from '../../components/layout/Shell.tsx'
import { ConversationHead } from '../../components/message/ConversationHead.tsx'
import { EarlierLink } from '../../components/message/EarlierLink.tsx'
import { MarkReadButton } from '../../components/message/MarkReadButton.tsx'
import { MessageForm, WRITE_ID } from '../../components/message/MessageForm.tsx'
import { MessageRequestNote } from '../../components/message/MessageRequestNote.tsx'
import { Messages } from '../../components/message/Messages.tsx'
import {
  useMarkConversationRead,
  useNewMessages,
  usePendingMessages,
} from '../../components/message/use-conversation.ts'
import { runButtonAction } from '../../forms/button-action.ts'
import { deleteDraft, draftPathOf } from '../../forms/drafts/drafts.ts'
import { field } from '../../forms/field.ts'
import { failureIn, formIn, runForm } from '../../forms/form.ts'
import type { SubmitMutation } from '../../forms/submissions.ts'
import { useDeletions } from '../../queries/cache/deletions.ts'
import { runMutation } from '../../queries/cache/run-mutation.ts'
import {
  conversationQuery,
  markConversationRead,
  messageDeletion,
  messagesQuery,
  removeExpiredMessages,
  sendMessage,
} from '../../queries/messages/messages.ts'
import { answerRequest } from '../../queries/messages/requests.ts'
import { requireSignedIn } from '../../routing/guards.ts'
import { loaderContextOf } from '../../routing/loader-context.ts'
import { paths } from '../../routing/paths.ts'
import { useExpiry } from '../../time/clock.tsx'

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { api, queries } = await requireSignedIn({ request, context })
  const { message_group_uuid: uuid = '' } = params
  const start = new URL(request.url).searchParams.get('cursor')
  await Promise.all([
    queries.ensureQueryData(conversationQuery(api, uuid)),
    queries.ensureInfiniteQueryData(messagesQuery(api, uuid, start)),
  ])
  return null
}

/** Sends a message, deletes one, marks the conversation as read, or accepts or declines it. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const { api, queries } = loaderContextOf(context)
  const { message_group_uuid: uuid = '' } = params
  const form = await formIn(request)
  const intent = field(form, 'intent')
  if (intent === 'accept' || intent === 'decline') {
    const isAccepted = intent === 'accept'
    return runButtonAction(
      queries,
      isAccepted ? paths.conversation(uuid) : paths.messages({ folder: 'requests' }),
      () => answerRequest({ api, queries }, { uuid, handle: field(form, 'handle') }, isAccepted),
    )
  }
  return runForm(form, async () => {
    if (intent === 'read') {
      await markConversationRead(api, queries, uuid)
      return redirect(paths.conversation(uuid), 303)
    }
    const deleted = field(form, 'delete')
    if (deleted) {
      await messageDeletion({ api, queries }, deleted).send({})
      return redirect(paths.conversation(uuid), 303)
    }
    await runMutation(queries, sendMessage({ api, queries }, uuid), form)
    deleteDraft(draftPathOf(request))
    return redirect(`${paths.conversation(uuid)}#${WRITE_ID}`, 303)
  })
}

/** Distance from the end within which the last message is visible, in px. */
const END_PX = 80

/** The page of a conversation: its messages and the form to write one. */
export function Component() {
  const api = useApi()
  const queries = useQueryClient()
  const { message_group_uuid: uuid = '' } = useParams()
  const [search] = useSearchParams()
  const start = search.get('cursor')
  const { data: group } = useSuspenseQuery(conversationQuery(api, uuid))
  const { data, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = useSuspenseInfiniteQuery(
    messagesQuery(api, uuid, start),
  )
  const pending = usePendingMessages(uuid)
  const closed = useNewMessages(uuid, start === null)
  const list = useRef<HTMLElement>(null)
  /** Uuid of the conversation, if it is scrolled away from its end. */
  const [scrolledAwayUuid, setScrolledAwayUuid] = useState<string | null>(null)
  useMarkConversationRead(uuid, group.unread_count, start === null && scrolledAwayUuid !== uuid)
  const mutation: SubmitMutation = {
    ...sendMessage({ api, queries }, uuid),
    // The list is reversed (messages.css): position 0 is its end.
    onMutate: () => list.current?.scrollTo(0, 0),
  }
  const deletions = useDeletions()
  const listed = data.pages.flatMap((page) => page.data).filter((message) => !deletions.includes(message.uuid))
  const messages = closed ? [] : listed.reverse()
  useExpiry(
    messages.map((message) => message.expires_at),
    (now) => removeExpiredMessages(queries, now),
  )
  const next = hasNextPage && !closed ? data.pages.at(-1)?.next_cursor : null
  const { user } = group
  const isRequest = group.folder === 'requests' && !closed
  return (
    <Shell viewer={useViewer()} current="messages">
      <PageHead title={`Messages with ${user.display_name}`} />
      <div className="conversation">
        <ConversationHead user={user} action={group.unread_count > 0 && !isRequest && <MarkReadButton uuid={uuid} />} />
        <section
          className="message-list"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
          tabIndex={0}
          aria-label="Messages"
          key={uuid}
          ref={list}
          onScroll={({ currentTarget }) => setScrolledAwayUuid(currentTarget.scrollTop > -END_PX ? null : uuid)}
        >
          <div>
            {next && (
              <EarlierLink
                to={paths.conversation(uuid, next)}
                loading={isFetchingNextPage}
                failed={isFetchNextPageError && !isFetchingNextPage}
                load={() => void fetchNextPage()}
              />
            )}
            {messages.length === 0 && pending.length === 0 && (
              <p className="conversation-start soft">
                {closed ? 'This conversation is closed.' : 'No messages yet. What you write burns out after 30 days.'}
              </p>
            )}
            <Messages messages={messages} pending={start === null ? pending : []} user={user} />
            {start !== null && (
              <a className="more-link" href={paths.conversation(uuid)}>
                Newest messages
              </a>
            )}
          </div>
        </section>
        {isRequest && <MessageRequestNote group={group} />}
        <MessageForm
          key={`${uuid} ${start}`}
          action={paths.conversation(uuid)}
          recipientName={user.display_name}
          newMessagePath={paths.newMessage(user.handle)}
          failure={failureIn(useActionData())}
          mutation={start === null ? mutation : undefined}
        />
      </div>
    </Shell>
  )
}
