import { useViewer } from '../../app-context.tsx'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { Shell } from '../../components/layout/Shell.tsx'
import { paths } from '../../routing/paths.ts'
import { safetyPaths } from '../../routing/safety-paths.ts'

/** The terms of service. */
export function Component() {
  return (
    <Shell viewer={useViewer()}>
      <PageHead
        sharing={{
          path: paths.terms(),
          description: 'What you write here is yours, and is shown to others for as long as it burns, and no longer.',
        }}
      />
      <article className="prose">
        <h1>Terms of service</h1>
        <p>What you write here is yours, and you’re responsible for it. Stick to the law, and be kind to people.</p>
        <p>
          By writing a crud you let us show it to others for as long as it burns, and no longer. Others may read it, and
          remember it, in that time: a short life is not a secret.
        </p>
        <p>
          Keep to the <a href={paths.rules()}>rules of the house</a>, and don’t try to break the site. Moderators may
          put a warning on what breaks a rule, put it out, or suspend its author. Each time they say why, and you can
          appeal within 14 days. What they did is counted on the page{' '}
          <a href={safetyPaths.transparency()}>Transparency</a>.
        </p>
        <p>
          The service comes as it is. We work to keep it running and to keep its promises, and can’t do more than that.
        </p>
      </article>
    </Shell>
  )
}
