import { paths } from '../../lib/paths.ts'
import { PageLink } from '../../ui/PageLink.tsx'

/** About, Terms, Privacy; and the way out, for those who are in and see no rail. */
export function Footer({ signedIn = false }: { signedIn?: boolean }) {
  return (
    <footer className="foot">
      <PageLink to={paths.about()}>About</PageLink>
      <PageLink to={paths.terms()}>Terms</PageLink>
      <PageLink to={paths.privacy()}>Privacy</PageLink>
      {signedIn && (
        <PageLink className="out" to={paths.signOut()}>
          Sign out
        </PageLink>
      )}
    </footer>
  )
}
