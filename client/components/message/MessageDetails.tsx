import { useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { Form } from 'react-router'
import type { Message } from '../../../worker/contract/message.ts'
import { useApi } from '../../app-context.tsx'
import { deleteWithUndo } from '../../queries/cache/delete-with-undo.ts'
import { messageDeletion } from '../../queries/messages/messages.ts'
import { paths } from '../../routing/paths.ts'
import type { TimeStyle } from '../../time/date-format.ts'
import { clockTime } from '../../time/dates.ts'
import { formatDuration, formatMoment } from '../../time/durations.ts'
import { icon } from '../../ui/icon/icon.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { fuse } from '../activity/card/fuse.tsx'
import { useFuse } from '../activity/card/fuse-times.ts'
import { ReportMessage } from './ReportMessage.tsx'

type MessageDetailsProps = { message: Message; own: boolean; timeStyle: TimeStyle }

/** The time of a message and three dots, which open its fuse and expiry, and a button that deletes the viewer's own or reports another's. */
export function MessageDetails({ message, own, timeStyle }: MessageDetailsProps) {
  const { uuid, message_group_uuid, created_at, expires_at } = message
  const { style, initialSecondsLeft } = useFuse(message)
  const tools = { api: useApi(), queries: useQueryClient() }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    // A branch, so that the Worker's bundle leaves this code out (lazy-component.tsx).
    if (typeof document !== 'undefined') {
      focusNeighbour(uuid)
      void deleteWithUndo(tools.queries, messageDeletion(tools, uuid))
    }
  }
  const expiry = `Gone ${formatMoment(expires_at, timeStyle)}`
  return (
    // Of `details` with the same name, one is open at a time.
    <details className="dm-details" name="message">
      <summary id={uuid} title={expiry}>
        <VisuallyHidden>Sent </VisuallyHidden>
        <time dateTime={created_at}>{clockTime(created_at, timeStyle)}</time>
        <VisuallyHidden>{', details'}</VisuallyHidden>
        {icon('more')}
      </summary>
      <div className="dm-expiry" style={style}>
        {fuse}
        {expiry} · {formatDuration(initialSecondsLeft)} left
      </div>
      {own ? (
        <Form method="post" action={paths.conversation(message_group_uuid)} onSubmit={onSubmit}>
          <button type="submit" name="delete" value={uuid}>
            Delete for both of you
          </button>
        </Form>
      ) : (
        <ReportMessage message={message} />
      )}
    </details>
  )
}

/** Focuses the next message, before this one is removed; else the one before, or the text box. */
function focusNeighbour(uuid: string): void {
  const all = [...document.querySelectorAll<HTMLElement>('.dm-details > summary')]
  const index = all.findIndex(({ id }) => id === uuid)
  const target = all[index + 1] ?? all[index - 1] ?? document.querySelector<HTMLElement>('.message-form textarea')
  target?.focus()
}
