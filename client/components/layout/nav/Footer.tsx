import { useHasScript } from '../../../has-script.tsx'
import { paths } from '../../../routing/paths.ts'
import { openShortcutSheet } from '../../keyboard/open-shortcut-sheet.ts'

/** The footer: About, Rules, Terms, Privacy; signed in also Shortcuts, and Sign out where the rail is hidden. */
export function Footer({ signedIn = false }: { signedIn?: boolean }) {
  const scripted = useHasScript()
  return (
    <footer className="footer">
      <a href={paths.about()}>About</a>
      <a href={paths.rules()}>Rules</a>
      <a href={paths.terms()}>Terms</a>
      <a href={paths.privacy()}>Privacy</a>
      {signedIn && scripted && (
        <button type="button" onClick={openShortcutSheet}>
          Shortcuts
        </button>
      )}
      {signedIn && (
        <a className="sign-out" href={paths.signOut()}>
          Sign out
        </a>
      )}
    </footer>
  )
}
