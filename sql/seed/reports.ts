import type pg from 'pg'
import { sealEvidence, sealText } from '../../worker/reports/evidence.ts'
import { REPORTS, type Report } from './story/reports.ts'

/** Inserts reports with their sealed copies, and what was decided about them, unless they are there. `evidenceKey`: EVIDENCE_KEY. */
export async function insertReports(
  client: pg.Client,
  uuids: Map<string, string>,
  moderator: string,
  evidenceKey: string,
): Promise<void> {
  const keys = { evidenceKeys: evidenceKey.split(' ') }
  for (const report of REPORTS) {
    const stored = await insertReport(client, uuids, report, keys)
    if (stored && report.decided) await insertDecision(client, uuids, { ...report, ...stored, moderator }, keys)
  }
}

type Keys = { evidenceKeys: string[] }
type Stored = { uuid: string; subject_uuid: string }

/** Returns undefined if the report is there, or somebody in it is not. */
async function insertReport(
  client: pg.Client,
  uuids: Map<string, string>,
  { reference, by, signedOut, about, message, reason, note, age }: Report,
  keys: Keys,
): Promise<Stored | undefined> {
  const author = uuids.get(about)
  const reporter = by === null ? null : uuids.get(by)
  if (!author || reporter === undefined) return undefined
  const copy = {
    message: message ?? null,
    warning: null,
    images: [],
    note: note ?? null,
    name: signedOut?.name ?? null,
    email: signedOut?.email ?? null,
  }
  const { rows } = await client.query<Stored>(
    `with received as (
       insert into reports (
         uuid, created_at, reference, once_hash, kind, author_uuid, reporter_uuid, reason, sealed_copy, subject_uuid
       )
       select made.uuid, uuid_extract_timestamp(made.uuid), $2, $2, $3, $4, $5, $6, $7,
         case when $3 = 'user' then $4 else coalesce(
           (select uuid from activities where user_uuid = $4 and message = $8 and expires_at > now() limit 1),
           uuidv7(make_interval(mins => -$1::integer - 60))
         ) end
       from (select uuidv7(make_interval(mins => -$1::integer)) as uuid) made
       on conflict do nothing
       returning *
     ),
     logged as (
       insert into moderation_log (uuid, at, action, report_uuid, kind, reason)
       select uuidv7(make_interval(mins => -$1::integer)), created_at, 'report', uuid, kind, reason from received
     )
     select uuid, subject_uuid from received`,
    [
      ...[age, reference, message === undefined ? 'user' : 'activity', author, reporter, reason],
      ...[await sealEvidence(keys, copy, reference), message],
    ],
  )
  return rows[0]
}

/** Decides about a report in the past, as decide_report does now. */
async function insertDecision(
  client: pg.Client,
  uuids: Map<string, string>,
  {
    uuid,
    subject_uuid,
    decided,
    about,
    by,
    reason,
    reference,
    age,
    moderator,
  }: Report & Stored & { moderator: string },
  keys: Keys,
): Promise<void> {
  if (!decided) return
  const author = uuids.get(about)
  const isDismissed = decided.action === 'dismiss'
  const { rows } = await client.query<{ uuid: string }>('select uuidv7(make_interval(mins => -$1::integer)) as uuid', [
    decided.age,
  ])
  const statement = isDismissed ? null : (rows[0]?.uuid ?? null)
  const appeal = statement && decided.appeal ? await sealText(keys, decided.appeal, statement) : null
  if (statement) {
    await client.query(
      `insert into statements (
         uuid, user_uuid, moderator_uuid, kind, subject_uuid, action, rule, statement, created_at, sealed_appeal, appealed_at
       )
       select $1, $2, $3, 'activity', $4, $5, $6, $7, decided.at, $8,
         case when $8::text is not null then decided.at + interval '1 hour' end
       from (select now() - make_interval(mins => $9::integer) as at) decided`,
      [
        statement,
        author,
        moderator,
        subject_uuid,
        decided.action,
        decided.rule,
        decided.statement,
        appeal,
        decided.age,
      ],
    )
  }
  await client.query(
    `update reports set state = 'decided', decision = $2, rule = $3, statement_uuid = $4,
       decided_at = now() - make_interval(mins => $5::integer),
       sealed_copy = case when $2 <> 'dismiss' then sealed_copy end
     where uuid = $1`,
    [uuid, decided.action, decided.rule, statement, decided.age],
  )
  await client.query(
    `insert into moderation_log (uuid, at, action, moderator_uuid, report_uuid, statement_uuid, kind, reason, rule, seconds_open)
     select uuidv7(made.ago), now() + made.ago, made.action, made.moderator, made.report, made.statement, 'activity', $1, made.rule, made.open
     from (values
       (make_interval(mins => -$2::integer - 5), 'open', $3::uuid, $4::uuid, null::uuid, null, null::integer),
       (make_interval(mins => -$2::integer), $5, $3::uuid, $4::uuid, $6::uuid, $7, ($8::integer - $2::integer) * 60),
       (make_interval(mins => -$2::integer + 60), 'appeal', null, null, $6::uuid, $7, null)
     ) made (ago, action, moderator, report, statement, rule, open)
     where made.action <> 'appeal' or $9`,
    [reason, decided.age, moderator, uuid, decided.action, statement, decided.rule, age, appeal !== null],
  )
  const notified = [
    ...(by ? [{ kind: 'report', to: uuids.get(by), about: reference }] : []),
    ...(statement ? [{ kind: 'statement', to: author, about: statement }] : []),
  ]
  await client.query(
    `insert into notifications (uuid, recipient_uuid, kind, reference, created_at)
     select made.uuid, made.to, made.kind, made.about, uuid_extract_timestamp(made.uuid)
     from (
       select uuidv7(make_interval(mins => -$4::integer)) as uuid, given.*
       from unnest($1::uuid[], $2::text[], $3::text[]) given ("to", kind, about)
     ) made
     on conflict do nothing`,
    [
      notified.map(({ to }) => to),
      notified.map(({ kind }) => kind),
      notified.map(({ about: reference }) => reference),
      decided.age,
    ],
  )
}
