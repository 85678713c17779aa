import type { Message } from '../../../worker/contract/message.ts'
import type { TimeStyle } from '../../time/date-format.ts'
import { clockTime } from '../../time/dates.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { LinkedText } from '../text/LinkedText.tsx'

type MessageItemProps = {
  /** Without `created_at` it is pending. */
  message: Pick<Message, 'message'> & Partial<Pick<Message, 'created_at'>>
  /** Who wrote it, for screen readers. */
  by: string
  own: boolean
  style: TimeStyle
}

/** A message in a conversation (`<li>`); the viewer's own are on the right. */
export function MessageItem({ message: { message, created_at }, by, own, style }: MessageItemProps) {
  return (
    <li className={own ? 'dm own' : 'dm'}>
      <VisuallyHidden>{`${by}: `}</VisuallyHidden>
      <p className="linked" dir="auto">
        <LinkedText text={message} />
      </p>
      {created_at ? <time dateTime={created_at}>{clockTime(created_at, style)}</time> : <small>Sending</small>}
    </li>
  )
}
