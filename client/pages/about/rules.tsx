import { useViewer } from '../../app-context.tsx'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { Shell } from '../../components/layout/Shell.tsx'
import { paths } from '../../routing/paths.ts'
import { safetyPaths } from '../../routing/safety-paths.ts'
import { RULES_IN_FULL } from '../../texts/rules-in-full.ts'

/** The rules of the house: reasons of a report, and what decisions refer to. Each has an anchor. */
export function Component() {
  return (
    <Shell viewer={useViewer()}>
      <PageHead
        sharing={{
          path: paths.rules(),
          description: 'What isn’t welcome here, and what happens when somebody does it.',
        }}
      />
      <article className="prose">
        <h1>Rules of the house</h1>
        <p>
          A crud burns out. What it does to somebody may not. So these hold, in cruds, replies, messages and profiles.
        </p>
        <ol>
          {Object.entries(RULES_IN_FULL).map(([rule, { title, text }]) => (
            <li key={rule} id={rule}>
              <b>{title}.</b> {text}
            </li>
          ))}
        </ol>
        <h2>Content warnings</h2>
        <p>
          Some things are fine, but not for everyone at every time: put a content warning on them. What you say and show
          stays folded until somebody opens it, and searches and previews show the warning only. A moderator can add
          one.
        </p>
        <h2>When somebody breaks a rule</h2>
        <p>
          Anyone can <a href={safetyPaths.report()}>report</a> a crud, a message or a person, also without an account,
          and until a day after it burnt out. A person decides, never a machine: nothing is wrong, it gets a warning, it
          is put out, or its author is suspended.
        </p>
        <p>
          Whoever it is about learns what was decided, why, and by which rule, and can appeal once within 14 days.
          Whoever reported it gets an answer. <a href={safetyPaths.transparency()}>How often that happens</a> is public.
        </p>
      </article>
    </Shell>
  )
}
