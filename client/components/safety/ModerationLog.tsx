import type { List } from '../../../worker/contract/list.ts'
import type { LogEntry } from '../../../worker/contract/moderation.ts'
import { safetyPaths } from '../../routing/safety-paths.ts'
import { LOG_ACTIONS } from '../../texts/moderation.ts'
import { RULE_SENTENCES } from '../../texts/rule-sentences.ts'
import { LocalDateTime } from '../time/LocalDateTime.tsx'

/** What moderators did and opened, newest first; each entry links to its report, which is gone after 30 days. */
export function ModerationLog({ list }: { list: List<LogEntry> }) {
  return (
    <>
      {list.data.length === 0 && <p className="confirmation soft">Nothing has happened yet.</p>}
      <ul>
        {list.data.map((entry) => (
          <li key={entry.uuid}>
            {entry.report_uuid ? (
              <a className="report-row" href={safetyPaths.moderation({ report: entry.report_uuid })}>
                <Line entry={entry} />
              </a>
            ) : (
              <div className="report-row">
                <Line entry={entry} />
              </div>
            )}
          </li>
        ))}
      </ul>
      {list.next_cursor && (
        <a className="more-link" href={safetyPaths.moderation({ state: 'log', cursor: list.next_cursor })} rel="next">
          Earlier entries
        </a>
      )}
    </>
  )
}

const Line = ({ entry: { at, action, moderator, rule, reason } }: { entry: LogEntry }) => (
  <>
    <b>{moderator ? `@${moderator.handle} ${LOG_ACTIONS[action]}` : LOG_ACTIONS[action]}</b>
    <time dateTime={at}>
      <LocalDateTime at={at} />
    </time>
    <span>{RULE_SENTENCES[rule ?? reason ?? 'other']}</span>
  </>
)
