import { paths } from '../../routing/paths.ts'
import { PageLink } from '../../ui/PageLink.tsx'

/** Advice below a notification of failed sign-in attempts. */
export function SecurityAdvice() {
  return (
    <p className="advice">
      If that wasn’t you, nothing is lost. A long password keeps it that way.{' '}
      <PageLink to={paths.password()}>Change your password</PageLink>
    </p>
  )
}
