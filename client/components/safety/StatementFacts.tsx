import type { Statement } from '../../../worker/contract/statement.ts'
import { useViewer } from '../../app-context.tsx'
import { paths } from '../../routing/paths.ts'
import { LocalDateTime } from '../time/LocalDateTime.tsx'
import { Fact } from './Fact.tsx'
import { RuleLink } from './RuleLink.tsx'

const KINDS = { activity: 'Your crud', message: 'Your message', user: 'Your account' }

/** What was decided, for how long, why and by whom: what article 17 of the Digital Services Act asks for. */
export function StatementFacts({ statement }: { statement: Statement }) {
  return (
    <div className="confirmation">
      <p className="linked">
        <b>{whatWasDone(statement)}</b>{' '}
        {statement.undone_at ? 'This was taken back.' : <Duration statement={statement} />}
      </p>
      <dl className="case-facts">
        <Fact name="Why">{statement.statement}</Fact>
        <Fact name="Rule">
          <span className="linked">
            <RuleLink rule={statement.rule} />
          </span>
        </Fact>
        <Fact name="Decided">
          <LocalDateTime at={statement.created_at} />, by a moderator, after a report. No machine decided.
        </Fact>
        <Appeal statement={statement} />
      </dl>
    </div>
  )
}

function whatWasDone({ kind, action, warning }: Statement): string {
  if (action === 'warn') return `${KINDS[kind]} was given the warning “${warning}”.`
  return action === 'delete' ? `${KINDS[kind]} was put out.` : 'Your account is suspended.'
}

/** How long the decision is in force, and what it means meanwhile. */
function Duration({ statement }: { statement: Statement }) {
  const viewer = useViewer()
  const { action, subject_uuid, suspended_until } = statement
  if (action === 'delete') return 'For good, and for everybody.'
  if (action === 'warn') {
    return (
      <>
        It stands over the text until the crud burns out.{' '}
        {viewer && <a href={paths.activity({ uuid: subject_uuid, user: viewer })}>See the crud</a>}
      </>
    )
  }
  return (
    <>
      {suspended_until ? (
        <>
          It ends by itself, <LocalDateTime at={suspended_until} />.
        </>
      ) : (
        'For good.'
      )}{' '}
      You can read, appeal, take your data with you and delete your account. You cannot write, and others do not see
      you.
    </>
  )
}

function Appeal({ statement: { appealed_at, appeal_decision, appeal_answer } }: { statement: Statement }) {
  if (!appealed_at) return null
  if (!appeal_decision) {
    return (
      <Fact name="Appeal">
        <span role="status">You have appealed. A moderator will answer you here.</span>
      </Fact>
    )
  }
  return (
    <Fact name="Appeal">
      {appeal_decision === 'reversed' ? 'Your appeal succeeded' : 'The decision stands'}: {appeal_answer}
    </Fact>
  )
}
