import { Form } from 'react-router'
import type { Message } from '../../../worker/contract/message.ts'
import { safetyPaths } from '../../routing/safety-paths.ts'

/** Button that opens the report page for a message. Its text and token go along, since it may expire before the report is sent. */
export function ReportMessage({
  message: { uuid, message_group_uuid, message, user, report_token },
}: {
  message: Message
}) {
  return (
    <Form method="post" action={safetyPaths.report()}>
      <input type="hidden" name="message_uuid" value={uuid} />
      <input type="hidden" name="message" value={message} />
      <input type="hidden" name="report_token" value={report_token} />
      <input type="hidden" name="conversation" value={message_group_uuid} />
      <input type="hidden" name="by" value={user.handle} />
      <button type="submit" className="report" name="intent" value="open">
        Report
      </button>
    </Form>
  )
}
