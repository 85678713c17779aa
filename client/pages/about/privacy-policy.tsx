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
          Cruds and replies are kept until they burn out or are put out, then deleted, and their pictures with them. A
          picture that you add and don’t send is deleted after an hour. Copies that speed up the site last fifteen
          seconds at most. Backups of the database may hold deleted rows until its history runs out.
        </p>
        <p>
          There is one exception: what somebody reports. A report keeps a sealed copy of what its reporter saw and
          wrote: the text, its content warning, its pictures, the note, and the name and email of a reporter without an
          account. It is encrypted, only moderators can open it, and each opening is logged. The crud itself burns out
          as it would have; it can be reported until a day later, and that needs nothing that we kept. The copy is
          removed when a moderator dismisses the report, when an appeal is answered, or when the 14 days for an appeal
          are over. A report that nobody decides is closed on day 16, and its copy goes. No copy lasts longer than 30
          days. The author does not learn who reported. The decision and its reasons are kept for 30 days, and the log,
          without texts and names, for good.
        </p>
        <p>
          When you delete your account, you and everything of yours disappear at once and are deleted within minutes. To
          keep others from taking your handle for 90 days, and your sign-in from coming back, we keep codes that don’t
          reveal who you were.
        </p>
        <p>
          For each device you sign in on, we keep the kind of browser, when you signed in and the day it was last seen,
          for a month at most, so that you can sign it out in your settings.
        </p>
        <p>
          If you turn on notifications in a browser, we keep the address that its push service gave it, until you turn
          them off or sign out there. What we push says what happened, whose handle did it and where, never what was
          written. It is encrypted so that only your browser can read it, and it is dropped when the crud burns out. The
          push service, which is run by the maker of your browser, learns when you get one.
        </p>
        <p>
          Three cookies hold your session, and nothing else does. Another remembers for a day that you signed up in this
          browser, and one remembers for a year that you have signed in here or asked for a code, so that nobody can
          lock you out by guessing your password. There are no ads, no tracking and no scripts from anyone else. What
          you’ve typed and not sent stays in your browser, for a week at most. Our logs hold none of your text, no email
          addresses and no tokens.
        </p>
      </article>
    </Shell>
  )
}
