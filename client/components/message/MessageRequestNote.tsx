import type { MessageGroup } from '../../../worker/contract/message.ts'
import { MessageRequestButtons } from './MessageRequestButtons.tsx'

/** Says in a conversation that it is a request, with buttons to answer it. */
export function MessageRequestNote({ group }: { group: MessageGroup }) {
  return (
    <section className="request-note" aria-label="Message request">
      <p>
        You don’t follow <bdi>{`@${group.user.handle}`}</bdi>. Accept, or write back, to keep this with your messages.
        They aren’t told if you decline.
      </p>
      <MessageRequestButtons group={group} />
    </section>
  )
}
