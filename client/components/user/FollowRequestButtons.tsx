import { Form, useLocation } from 'react-router'
import { paths } from '../../routing/paths.ts'
import { Button } from '../../ui/button/Button.tsx'

/** Buttons that accept or decline a user's request to follow the viewer. */
export function FollowRequestButtons({ handle }: { handle: string }) {
  const { pathname, search } = useLocation()
  return (
    <Form className="buttons request" method="post" action={paths.followRequests()} preventScrollReset>
      <input type="hidden" name="handle" value={handle} />
      <input type="hidden" name="next" value={pathname + search} />
      <Button small name="accept" value="true" aria-label={`Accept @${handle}`}>
        Accept
      </Button>
      <Button small look="quiet" name="accept" value="false" aria-label={`Decline @${handle}`}>
        Decline
      </Button>
    </Form>
  )
}
