import { Form } from 'react-router'
import type { MessageGroup } from '../../../worker/contract/message.ts'
import { paths } from '../../routing/paths.ts'
import { Button } from '../../ui/button/Button.tsx'

/** Accept and Decline, for a message request. */
export function MessageRequestButtons({ group: { uuid, user } }: { group: MessageGroup }) {
  return (
    <Form className="buttons" method="post" action={paths.conversation(uuid)} preventScrollReset>
      <input type="hidden" name="handle" value={user.handle} />
      <Button small name="intent" value="accept" aria-label={`Accept @${user.handle}`}>
        Accept
      </Button>
      <Button small look="quiet" name="intent" value="decline" aria-label={`Decline @${user.handle}`}>
        Decline
      </Button>
    </Form>
  )
}
