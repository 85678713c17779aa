import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, useActionData, useLoaderData } from 'react-router'
import type { ReportKind } from '../../../worker/contract/report.ts'
import type { Rule } from '../../../worker/contract/rules.ts'
import { useViewer } from '../../app-context.tsx'
import { Tabs } from '../../components/layout/nav/Tabs.tsx'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { Shell } from '../../components/layout/Shell.tsx'
import { ModerationLog } from '../../components/safety/ModerationLog.tsx'
import { OpenedReport } from '../../components/safety/OpenedReport.tsx'
import { ReportQueue } from '../../components/safety/ReportQueue.tsx'
import { field } from '../../forms/field.ts'
import { failureIn, formIn, runForm } from '../../forms/form.ts'
import { type Api, read } from '../../net/api.ts'
import { requireSignedIn } from '../../routing/guards.ts'
import { loaderContextOf } from '../../routing/loader-context.ts'
import { type QueueFilter, safetyPaths } from '../../routing/safety-paths.ts'
import { KINDS } from '../../texts/moderation.ts'
import { RULE_SENTENCES } from '../../texts/rule-sentences.ts'
import { PageTitle } from '../../ui/PageTitle.tsx'

/** The views of the page: queues of reports by state, and the log. */
const VIEWS = { open: 'Open', appealed: 'Appeals', decided: 'Decided', closed: 'Closed', log: 'Log' } as const

/** Returns the value if it is a key of the table, else undefined. */
const oneOf = <Key extends string>(table: Record<Key, string>, value: string | null): Key | undefined =>
  value !== null && Object.hasOwn(table, value) ? (value as Key) : undefined

/** Reads the queue or the log, or opens a report, which is logged. Anyone who is no moderator gets the API's 404. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { api } = await requireSignedIn({ request, context })
  const { reports, log } = api.moderation
  const query = new URL(request.url).searchParams
  const uuid = query.get('report')
  if (uuid) return { report: await read(reports[':uuid'].$get({ param: { uuid } })) }
  const cursor = query.get('cursor')
  const paging = cursor ? { cursor } : {}
  const state = oneOf(VIEWS, query.get('state')) ?? 'open'
  if (state === 'log') return { log: await read(log.$get({ query: paging })) }
  const kind = oneOf<ReportKind>(KINDS, query.get('kind'))
  const reason = oneOf<Rule>(RULE_SENTENCES, query.get('reason'))
  const filter: QueueFilter = { state, ...(kind && { kind }), ...(reason && { reason }) }
  return { filter, queue: await read(reports.$get({ query: { ...filter, ...paging } })) }
}

/** Decides about a report, undoes a decision or answers an appeal, by the form's `intent`. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { api } = loaderContextOf(context)
  const form = await formIn(request)
  return runForm(form, async () => {
    await decide(api, field(form, 'report'), form)
    return redirect(safetyPaths.moderation({ report: field(form, 'report') }), 303)
  })
}

async function decide(api: Api, uuid: string, form: FormData): Promise<void> {
  const { ':uuid': route } = api.moderation.reports
  const param = { uuid }
  const intent = field(form, 'intent')
  if (intent === 'undo') return void (await read(route.undo.$post({ param })))
  if (intent === 'upheld' || intent === 'reversed') {
    const json = { decision: intent, answer: field(form, 'answer') } as const
    return void (await read(route.appeal.$post({ param, json })))
  }
  const days = Number(field(form, 'days'))
  const until = days > 0 ? { until: new Date(Date.now() + days * 86_400_000).toISOString() } : {}
  const json = {
    action: intent as 'dismiss' | 'warn' | 'delete' | 'suspend',
    rule: field(form, 'rule') as Rule,
    ...(intent !== 'dismiss' && { statement: field(form, 'statement') }),
    ...(intent === 'warn' && { warning: field(form, 'warning') }),
    ...(intent === 'suspend' && until),
  }
  await read(route.decision.$post({ param, json }))
}

/** Pages of moderators: the queue, the log, and a report with its decision. */
export function Component() {
  const viewer = useViewer()
  const { report, filter, queue, log } = useLoaderData<typeof loader>()
  const failure = failureIn(useActionData())
  const view = log ? 'log' : filter?.state
  return (
    <Shell viewer={viewer}>
      <PageHead />
      <PageTitle {...(report && { back: safetyPaths.moderation() })}>
        {report ? `Report ${report.reference}` : 'Reports'}
      </PageTitle>
      {view && (
        <Tabs
          label="Reports"
          tabs={Object.entries(VIEWS).map(([state, label]) => ({
            label,
            to: safetyPaths.moderation({ state }),
            current: state === view,
          }))}
        />
      )}
      {report && <OpenedReport report={report} failure={failure} />}
      {queue && <ReportQueue filter={filter} list={queue} />}
      {log && <ModerationLog list={log} />}
    </Shell>
  )
}
