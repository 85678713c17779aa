import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, useActionData, useLoaderData } from 'react-router'
import type { Rule } from '../../../worker/contract/rules.ts'
import { useViewer } from '../../app-context.tsx'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { Shell } from '../../components/layout/Shell.tsx'
import { OpenedReport } from '../../components/safety/OpenedReport.tsx'
import { ReportQueue } from '../../components/safety/ReportQueue.tsx'
import { failureIn, field, formIn, runForm } from '../../forms/form.ts'
import { type Api, read } from '../../net/api.ts'
import { requireSignedIn } from '../../routing/guards.ts'
import { loaderContextOf } from '../../routing/loader-context.ts'
import { safetyPaths } from '../../routing/safety-paths.ts'
import { PageTitle } from '../../ui/PageTitle.tsx'

const STATES = ['open', 'appealed', 'decided', 'closed'] as const
export type QueueState = (typeof STATES)[number]

/** Reads the queue, or opens a report, which is logged. Others than moderators get the API's 404. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { api } = await requireSignedIn({ request, context })
  const query = new URL(request.url).searchParams
  const uuid = query.get('report')
  if (uuid) return { report: await read(api.moderation.reports[':uuid'].$get({ param: { uuid } })) }
  const state = STATES.find((one) => one === query.get('state')) ?? 'open'
  const cursor = query.get('cursor')
  const list = await read(api.moderation.reports.$get({ query: { state, ...(cursor && { cursor }) } }))
  return { state, list }
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

/** Pages of moderators: the queue, and a report with its decision. */
export function Component() {
  const viewer = useViewer()
  const loaded = useLoaderData<typeof loader>()
  const failure = failureIn(useActionData())
  return (
    <Shell viewer={viewer}>
      <PageHead />
      {loaded.report ? (
        <>
          <PageTitle back={safetyPaths.moderation()}>{`Report ${loaded.report.reference}`}</PageTitle>
          <OpenedReport report={loaded.report} failure={failure} />
        </>
      ) : (
        <>
          <PageTitle>Reports</PageTitle>
          <ReportQueue state={loaded.state} list={loaded.list} states={STATES} />
        </>
      )}
    </Shell>
  )
}
