import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import type { TransparencyMonth } from '../../../worker/contract/moderation.ts'
import { useViewer } from '../../app-context.tsx'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { Shell } from '../../components/layout/Shell.tsx'
import { read } from '../../net/api.ts'
import { loaderContextOf } from '../../routing/loader-context.ts'
import { paths } from '../../routing/paths.ts'
import { safetyPaths } from '../../routing/safety-paths.ts'
import { formatDuration, monthOf } from '../../time/durations.ts'
import { numberText } from '../../ui/form/count-text.ts'

export async function loader({ context }: LoaderFunctionArgs) {
  return read(loaderContextOf(context).api.transparency.$get())
}

/** What happened to reports, by month, from the log of moderation. */
export function Component() {
  const { months } = useLoaderData<typeof loader>()
  return (
    <Shell viewer={useViewer()}>
      <PageHead
        sharing={{
          path: safetyPaths.transparency(),
          description: 'How many reports we got, what was decided, and how long it took, by month.',
        }}
      />
      <article className="prose">
        <h1>Transparency</h1>
        <p>
          What was reported here and what became of it, by month (UTC), for the last two years. The numbers come
          straight from the moderators’ log, which can only be added to. They name nobody. Decisions follow the{' '}
          <a href={paths.rules()}>rules of the house</a>; a person takes each of them.
        </p>
        {months.length === 0 && <p>Nothing was reported so far.</p>}
        {months.map((month) => (
          <section key={month.month} aria-labelledby={month.month}>
            <h2 id={month.month}>{monthOf(month.month)}</h2>
            <Figures month={month} />
          </section>
        ))}
      </article>
    </Shell>
  )
}

function Figures({ month }: { month: TransparencyMonth }) {
  const { median_seconds } = month
  const figures: [string, string][] = [
    ['Reports', numberText(month.reports)],
    ['Within the rules', numberText(month.dismissed)],
    ['Warnings added', numberText(month.warned)],
    ['Put out', numberText(month.deleted)],
    ['Suspensions', numberText(month.suspended)],
    ['Taken back', numberText(month.undone)],
    ['Closed undecided', numberText(month.closed)],
    ['Appeals', numberText(month.appeals)],
    ['Appeals refused', numberText(month.upheld)],
    ['Appeals granted', numberText(month.reversed)],
    ['Median time to decide', median_seconds === null ? 'no decision' : formatDuration(median_seconds)],
  ]
  return (
    <dl className="figures">
      {figures.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
