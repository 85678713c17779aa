import type { Message } from '../../../worker/contract/message.ts'
import type { PendingMessage } from '../../queries/messages/messages.ts'
import type { TimeStyle } from '../../time/date-format.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { linkedText } from '../text/linked-text.tsx'
import { MessageDetails } from './MessageDetails.tsx'

type MessageItemProps = {
  message: Message | PendingMessage
  /** Who wrote it, for screen readers. */
  by: string
  own: boolean
  timeStyle: TimeStyle
}

/** A message in a conversation (`<li>`); the viewer's own are on the right. */
export function MessageItem({ message, by, own, timeStyle }: MessageItemProps) {
  return (
    <li className={own ? 'dm own' : 'dm'}>
      <VisuallyHidden>{`${by}: `}</VisuallyHidden>
      <p className="linked" dir="auto">
        {linkedText(message.message)}
      </p>
      {'uuid' in message ? (
        <MessageDetails message={message} own={own} timeStyle={timeStyle} />
      ) : (
        <small>Sending</small>
      )}
    </li>
  )
}
