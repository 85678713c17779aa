import type { User } from '../../../worker/contract/user.ts'
import { paths } from '../../routing/paths.ts'
import { PageLink } from '../../ui/PageLink.tsx'

type UserLineProps = {
  user: User
  /** For an article that takes its name from this line. */
  id?: string
}

/** Name and @handle on one line, leading to the person's page. */
export function UserLine({ user, id }: UserLineProps) {
  return (
    <PageLink className="who" id={id} to={paths.profile(user.handle)}>
      <b dir="auto">{user.display_name}</b> <span>@{user.handle}</span>
    </PageLink>
  )
}
