import { useHasScript } from '../../../has-script.tsx'
import { paths } from '../../../routing/paths.ts'
import { PageLink } from '../../../ui/PageLink.tsx'
import { openShortcutSheet } from '../../keyboard/open-shortcut-sheet.ts'

/** About, Terms, Privacy; for those who are in the keyboard's shortcuts, and the way out where they see no rail. */
export function Footer({ signedIn = false }: { signedIn?: boolean }) {
  const scripted = useHasScript()
  return (
    <footer className="foot">
      <PageLink to={paths.about()}>About</PageLink>
      <PageLink to={paths.terms()}>Terms</PageLink>
      <PageLink to={paths.privacy()}>Privacy</PageLink>
      {signedIn && scripted && (
        <button type="button" onClick={openShortcutSheet}>
          Shortcuts
        </button>
      )}
      {signedIn && (
        <PageLink className="out" to={paths.signOut()}>
          Sign out
        </PageLink>
      )}
    </footer>
  )
}
