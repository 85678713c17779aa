import { paths } from '../../routing/paths.ts'

/** Advice below a notification of failed sign-in attempts. */
export function SecurityAdvice() {
  return (
    <p className="advice">
      If that wasn’t you, nothing is lost. A long password keeps it that way.{' '}
      <a href={paths.password()}>Change your password</a>
    </p>
  )
}
