import { paths } from '../../routing/paths.ts'
import { ButtonLink } from '../../ui/button/ButtonLink.tsx'
import { Icon } from '../../ui/icon/Icon.tsx'
import { PageLink } from '../../ui/PageLink.tsx'

/** Links of the signed-out page header: search, sign in, join. */
export function SignedOutHeader() {
  return (
    <>
      <PageLink to={paths.search()} aria-label="Search">
        <Icon name="search" />
      </PageLink>
      <div className="buttons">
        <ButtonLink look="quiet" small to={paths.signIn()}>
          Sign in
        </ButtonLink>
        <ButtonLink small to={paths.signUp()}>
          Join
        </ButtonLink>
      </div>
    </>
  )
}
