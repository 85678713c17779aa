import { useLocation } from 'react-router'
import { paths } from '../../routing/paths.ts'
import { Button } from '../../ui/button/Button.tsx'
import { useFollow } from './use-follow.ts'

type FollowButtonProps = {
  handle: string
  following: boolean
  /** Less prominent, in a list of such buttons. */
  quiet?: boolean
  /** Id of the button: sign-in returns to it. */
  id?: string
}

/** Button that follows or unfollows a user, for a signed-in viewer. A form of one button, so that it works without script. */
export function FollowButton({ handle, following, quiet = false, id }: FollowButtonProps) {
  const { pathname, search } = useLocation()
  const press = useFollow(handle, following)
  return (
    <form method="post" action={paths.follow(handle)} onSubmit={press}>
      <input type="hidden" name="next" value={`${pathname}${search}${id ? `#${id}` : ''}`} />
      <Button
        small
        id={id}
        look={following || quiet ? 'quiet' : 'accent'}
        name="on"
        value={String(!following)}
        aria-label={following ? `Following @${handle}, stop` : `Follow @${handle}`}
      >
        {following ? 'Following' : 'Follow'}
      </Button>
    </form>
  )
}
