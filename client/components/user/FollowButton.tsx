import { useLocation } from 'react-router'
import type { FollowingState } from '../../../worker/contract/user.ts'
import { paths } from '../../routing/paths.ts'
import { Button } from '../../ui/button/Button.tsx'
import { useFollow } from './use-follow.ts'

type FollowButtonProps = {
  handle: string
  following: FollowingState
  /** Less prominent, in a list of such buttons. */
  quiet?: boolean
  /** Id of the button: sign-in returns to it. */
  id?: string
}

const WORDS = { no: 'Follow', requested: 'Requested', yes: 'Following' } as const satisfies Record<
  FollowingState,
  string
>

const LABELS = {
  no: (handle: string) => `Follow @${handle}`,
  requested: (handle: string) => `Requested to follow @${handle}, take back`,
  yes: (handle: string) => `Following @${handle}, stop`,
} as const satisfies Record<FollowingState, (handle: string) => string>

/** Button that follows a user or asks to, or ends that, for a signed-in viewer. A form of one button, so that it works without script. */
export function FollowButton({ handle, following, quiet = false, id }: FollowButtonProps) {
  const { pathname, search } = useLocation()
  const on = following !== 'no'
  const press = useFollow(handle, following)
  return (
    <form method="post" action={paths.follow(handle)} onSubmit={press}>
      <input type="hidden" name="next" value={`${pathname}${search}${id ? `#${id}` : ''}`} />
      <Button
        small
        id={id}
        look={on || quiet ? 'quiet' : 'accent'}
        name="on"
        value={String(!on)}
        aria-label={LABELS[following](handle)}
      >
        {WORDS[following]}
      </Button>
    </form>
  )
}
