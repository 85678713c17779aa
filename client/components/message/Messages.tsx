import { useState } from 'react'
import type { Message } from '../../../worker/contract/message.ts'
import type { User } from '../../../worker/contract/user.ts'
import { useHasScript } from '../../has-script.tsx'
import type { CachedMessage, PendingMessage } from '../../queries/messages/messages.ts'
import { UTC } from '../../time/date-format.ts'
import { groupByDay } from '../../time/dates.ts'
import { MessageItem } from './MessageItem.tsx'

type MessagesProps = {
  /** Oldest first. */
  messages: readonly CachedMessage[]
  /** Oldest first. */
  pending: readonly PendingMessage[]
  /** The other user. */
  user: User
}

/** The messages, grouped by day: in UTC from the server, in the viewer's time zone and language with script. */
export function Messages({ messages, pending, user }: MessagesProps) {
  const style = useHasScript() ? {} : UTC
  const isOwn = (message: Message) => message.user.uuid !== user.uuid
  // The list may show a message just before its mutation ends.
  const listedKeys = new Set(messages.map(({ key }) => key))
  const unlisted = pending.filter(({ key }) => !listedKeys.has(key))
  return (
    <>
      {groupByDay(messages, style).map(([day, ofDay]) => (
        <section key={day} aria-label={day}>
          <h2 className="day">
            {day}
            {style.timeZone && ' (UTC)'}
          </h2>
          <ol>
            {ofDay.map((message) => (
              <MessageItem
                key={message.key ?? message.uuid}
                message={message}
                own={isOwn(message)}
                by={isOwn(message) ? 'You' : user.display_name}
                timeStyle={style}
              />
            ))}
          </ol>
        </section>
      ))}
      {unlisted.length > 0 && (
        <ol>
          {unlisted.map(({ key, message }) => (
            <MessageItem key={key} message={{ key, message }} own by="You" timeStyle={style} />
          ))}
        </ol>
      )}
      <Announcement latest={messages.findLast((message) => !isOwn(message))} />
    </>
  )
}

/** Announces each message of the other user that arrives while the conversation is open. */
function Announcement({ latest }: { latest: Message | undefined }) {
  const [initialUuid] = useState(latest?.uuid)
  return (
    <p className="visually-hidden" role="status">
      {latest && latest.uuid !== initialUuid && `${latest.user.display_name}: ${latest.message}`}
    </p>
  )
}
