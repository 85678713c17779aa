import { useHasScript } from '../../../has-script.tsx'
import { paths } from '../../../routing/paths.ts'
import { PageLink } from '../../../ui/PageLink.tsx'
import { openShortcutSheet } from '../../keyboard/open-shortcut-sheet.ts'

/** The footer: About, Rules, Terms, Privacy; signed in also Shortcuts, and Sign out where the rail is hidden. */
export function Footer({ signedIn = false }: { signedIn?: boolean }) {
  const scripted = useHasScript()
  return (
    <footer className="footer">
      <PageLink to={paths.about()}>About</PageLink>
      <PageLink to={paths.rules()}>Rules</PageLink>
      <PageLink to={paths.terms()}>Terms</PageLink>
      <PageLink to={paths.privacy()}>Privacy</PageLink>
      {signedIn && scripted && (
        <button type="button" onClick={openShortcutSheet}>
          Shortcuts
        </button>
      )}
      {signedIn && (
        <PageLink className="sign-out" to={paths.signOut()}>
          Sign out
        </PageLink>
      )}
    </footer>
  )
}
