import { useSuspenseQuery } from '@tanstack/react-query'
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, useActionData, useParams } from 'react-router'
import { useApi, useViewer } from '../../app-context.tsx'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { Shell } from '../../components/layout/Shell.tsx'
import { ConversationHead } from '../../components/message/ConversationHead.tsx'
import { MessageForm, WRITE_ID } from '../../components/message/MessageForm.tsx'
import { deleteDraft, draftPathOf } from '../../forms/drafts/drafts.ts'
import { field } from '../../forms/field.ts'
import { failureIn, formIn, runForm } from '../../forms/form.ts'
import { idempotencyHeaders } from '../../forms/idempotency-key.ts'
import { read } from '../../net/api.ts'
import { findConversation, refetchConversations } from '../../queries/messages/messages.ts'
import { profileQuery } from '../../queries/users/users.ts'
import { requireSignedIn } from '../../routing/guards.ts'
import { handleParam } from '../../routing/handle-param.ts'
import { loaderContextOf } from '../../routing/loader-context.ts'
import { paths } from '../../routing/paths.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'

/** Redirects to the conversation with this user if there is one. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { api, queries } = await requireSignedIn({ request, context })
  const handle = handleParam(`@${params.handle}`)
  const [group] = await Promise.all([findConversation(api, handle), queries.ensureQueryData(profileQuery(api, handle))])
  if (group) throw redirect(paths.conversation(group.uuid))
  return null
}

/** Sends the first message, which creates the conversation. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const { api, queries } = loaderContextOf(context)
  const form = await formIn(request)
  return runForm(form, async () => {
    const json = { message: field(form, 'message'), handle: params.handle ?? '' }
    const { message_group_uuid } = await read(api.messages.$post({ json }, await idempotencyHeaders(form)))
    deleteDraft(draftPathOf(request))
    refetchConversations(queries)
    return redirect(`${paths.conversation(message_group_uuid)}#${WRITE_ID}`, 303)
  })
}

/** The page of a conversation that has no message yet. */
export function Component() {
  const viewer = useViewer()
  const handle = handleParam(`@${useParams().handle}`)
  const { data: profile } = useSuspenseQuery(profileQuery(useApi(), handle))
  const failure = failureIn(useActionData())
  const isOwn = viewer?.uuid === profile.uuid
  return (
    <Shell viewer={viewer} current="messages">
      <PageHead title={`Message to ${profile.display_name}`} />
      <div className="conversation">
        <ConversationHead user={profile} />
        {isOwn ? (
          <EmptyState>That’s you. Messages are for other people.</EmptyState>
        ) : profile.viewer?.blocking ? (
          <EmptyState>{`You blocked @${profile.handle}. Unblock them on their profile to message each other.`}</EmptyState>
        ) : (
          <>
            <div className="message-list">
              <div className="conversation-start soft">
                <p>No messages yet. What you write burns out after 30 days.</p>
                {profile.viewer && !profile.viewer.followed_by && (
                  <p>{`@${profile.handle} doesn’t follow you, so it waits among their requests until they accept.`}</p>
                )}
              </div>
            </div>
            <MessageForm
              key={profile.uuid}
              action={paths.newMessage(profile.handle)}
              recipientName={profile.display_name}
              failure={failure}
            />
          </>
        )}
      </div>
    </Shell>
  )
}
