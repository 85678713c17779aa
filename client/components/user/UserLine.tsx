import type { User } from '../../../worker/contract/user.ts'
import { paths } from '../../routing/paths.ts'

type UserLineProps = {
  user: User
  /** For `aria-labelledby` of an article. */
  id?: string
}

/** Display name and @handle on one line, linked to the profile. */
export function UserLine({ user, id }: UserLineProps) {
  return (
    <a className="user-line" id={id} href={paths.profile(user.handle)}>
      <b dir="auto">{user.display_name}</b> <span>{`@${user.handle}`}</span>
    </a>
  )
}
