import { paths } from '../../routing/paths.ts'
import { ButtonLink } from '../../ui/button/ButtonLink.tsx'

/** What Cruddur is, in one sentence. */
export const LANDING_TITLE =
  'The line above each crud is its fuse: once it has burnt down, the crud is gone, everywhere and for everyone.'

/** What opens `/` for a person who is not signed in. */
export function Landing() {
  return (
    <section className="invitation" aria-labelledby="invitation">
      <h1 id="invitation">
        <span>Say it.</span> <span>Let it burn.</span>
      </h1>
      <p>{LANDING_TITLE}</p>
      <div className="buttons">
        <ButtonLink to={paths.signUp()}>Join</ButtonLink>
        <ButtonLink look="quiet" to={paths.signIn()}>
          Sign in
        </ButtonLink>
      </div>
      <div className="fuse" aria-hidden="true" />
    </section>
  )
}
