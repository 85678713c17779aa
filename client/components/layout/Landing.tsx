import { paths } from '../../routing/paths.ts'
import { ButtonLink } from '../../ui/button/ButtonLink.tsx'

/** What a fuse is, in one sentence; also the default description of shared links. */
export const TAGLINE =
  'The line above each crud is its fuse: once it has burnt down, the crud is gone, everywhere and for everyone.'

/** The introduction above the signed-out home feed. */
export function Landing() {
  return (
    <section className="landing" aria-labelledby="landing-title">
      <h1 id="landing-title">
        <span>Say it.</span> <span>Let it burn.</span>
      </h1>
      <p>{TAGLINE} The longer the line, the longer it has left.</p>
      <div className="buttons">
        <ButtonLink href={paths.signUp()}>Join</ButtonLink>
        <ButtonLink look="quiet" href={paths.signIn()}>
          Sign in
        </ButtonLink>
      </div>
      <div className="fuse" aria-hidden="true" />
    </section>
  )
}
