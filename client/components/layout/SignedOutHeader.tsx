import { paths } from '../../routing/paths.ts'
import { ButtonLink } from '../../ui/button/ButtonLink.tsx'
import { icon } from '../../ui/icon/icon.tsx'

/** Links of the signed-out page header: search, sign in, join. */
export function SignedOutHeader() {
  return (
    <>
      <a href={paths.search()} aria-label="Search">
        {icon('search')}
      </a>
      <div className="buttons">
        <ButtonLink look="quiet" small href={paths.signIn()}>
          Sign in
        </ButtonLink>
        <ButtonLink small href={paths.signUp()}>
          Join
        </ButtonLink>
      </div>
    </>
  )
}
