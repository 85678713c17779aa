import { paths } from '../../routing/paths.ts'
import { PageLink } from '../../ui/PageLink.tsx'

/** Advice below a notification of failed sign-in attempts. */
export function SecurityAdvice() {
  return (
    <p className="advice">
      If it was not you, nothing is lost; a long password keeps it so.{' '}
      <PageLink to={paths.password()}>Change your password</PageLink>
    </p>
  )
}
