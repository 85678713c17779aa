import { Form } from 'react-router'
import { useHasScript } from '../../has-script.tsx'
import { paths } from '../../routing/paths.ts'
import { Button } from '../../ui/button/Button.tsx'

/** Button "Mark as read", without script only: script marks a conversation as read when it is shown. */
export function MarkReadButton({ uuid }: { uuid: string }) {
  if (useHasScript()) return null
  return (
    <Form method="post" action={paths.conversation(uuid)}>
      <Button look="quiet" small name="intent" value="read">
        Mark as read
      </Button>
    </Form>
  )
}
