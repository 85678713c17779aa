import { useViewer } from '../../app-context.tsx'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { Shell } from '../../components/layout/Shell.tsx'
import { paths } from '../../routing/paths.ts'

/** The privacy policy. */
export function Component() {
  return (
    <Shell viewer={useViewer()}>
      <PageHead
        sharing={{
          path: paths.privacy(),
          description: 'What we keep, for how long, and what goes when a crud burns out.',
        }}
      />
      <article className="prose">
        <h1>Privacy policy</h1>
        <p>
          We keep your name, handle, bio and email address for as long as you have an account. Your password is kept by
          Amazon Cognito; we never store it.
        </p>
        <p>
          Cruds and replies are kept until they burn out or are put out, then deleted. Copies that speed up the site
          live for fifteen seconds at most. Backups of the database may hold deleted rows for as long as its history
          reaches.
        </p>
        <p>
          When you delete your account, you and everything of yours are out of sight at once and deleted within minutes.
          What then keeps others from taking your handle for 90 days, and your sign-in from coming back, are codes that
          do not tell who you were.
        </p>
        <p>
          For each place where you sign in we keep the kind of browser, when you signed in and the day it was last seen,
          for a month at most, so that you can end it in your settings.
        </p>
        <p>
          Three cookies hold your session, and nothing else does. Another tells for a day that you signed up in this
          browser, and one remembers for a year that you have signed in here or asked for a code, so that nobody who
          guesses at your password can shut you out. There is no advertising, no tracking and no script from anybody
          else. What you have typed and not sent stays in your browser, for a week at most. Our logs hold no text of
          yours, no email address and no token.
        </p>
      </article>
    </Shell>
  )
}
