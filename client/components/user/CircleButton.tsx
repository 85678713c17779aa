import { Form, useLocation } from 'react-router'
import { paths } from '../../routing/paths.ts'
import { Button } from '../../ui/button/Button.tsx'

/** Button that adds a user to the viewer's circle, or removes them. */
export function CircleButton({ handle, isMember }: { handle: string; isMember: boolean }) {
  const { pathname, search } = useLocation()
  const verb = isMember ? 'Remove' : 'Add'
  return (
    <Form method="post" action={paths.circle()} preventScrollReset>
      <input type="hidden" name="handle" value={handle} />
      <input type="hidden" name="next" value={pathname + search} />
      <Button small look="quiet" name="on" value={String(!isMember)} aria-label={`${verb} @${handle}`}>
        {verb}
      </Button>
    </Form>
  )
}
