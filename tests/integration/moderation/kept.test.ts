import { expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { lists, posts, reads } from '../../support/actors/actions.ts'
import { expireActivities, moderators, runCron, users } from '../../support/actors/many-users.ts'
import { decides, reports, statementOf } from '../../support/actors/reports.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'
import { findTextInTables } from '../../support/assertions/find-text-in-tables.ts'

// How long what belongs to a report is kept. Time is moved by SQL.

const site = await openSite()
const { db, actors } = site
const [judge] = await moderators(site, 'judge')

type Uuid = { uuid: string }
const ages = ({ uuid }: Uuid, days: number) =>
  db.sql(
    `update reports set created_at = now() - make_interval(days => $2), decided_at = decided_at - make_interval(days => $2)
    where uuid = $1`,
    [uuid, days],
  )
const rowOf = async ({ uuid }: Uuid) =>
  (await db.sql('select state, sealed_copy is not null as has_copy from reports where uuid = $1', [uuid]))[0]

/** An activity of anna's that ben has reported. */
async function reported(text: string) {
  const [anna, ben] = await users(site, 'anna', 'ben')
  const activity = await posts(anna, text)
  return { anna, ben, activity, report: await reports(ben, activity) }
}

test('a report that nobody decided is closed after 16 days, without its copy, and the reporter told', async () => {
  const { ben, report } = await reported('bad')
  await ages(report, 15)
  await runCron(site)
  expect(await rowOf(report)).toEqual({ state: 'open', has_copy: true })
  await ages(report, 16)
  await runCron(site)
  expect(await rowOf(report)).toEqual({ state: 'closed', has_copy: false })
  expect(await lists(ben, '/api/notifications')).toMatchObject([{ kind: 'report', reference: report.reference }])
  expect(await reads(actors.visitor(), `/api/reports/${report.reference}`)).toMatchObject({
    state: 'closed',
    acted: null,
  })
  expect(
    await db.sql(`select from moderation_log where action = 'close' and report_uuid = $1`, [report.uuid]),
  ).toHaveLength(1)
})

test('the copy goes 14 days after a decision that nobody appealed against, and the report after 30 days', async () => {
  const { report } = await reported('bad')
  await decides(judge, report, { action: 'delete' })
  await ages(report, 13)
  await runCron(site)
  expect(await rowOf(report)).toEqual({ state: 'decided', has_copy: true })
  await ages(report, 1)
  await runCron(site)
  expect(await rowOf(report)).toEqual({ state: 'decided', has_copy: false })
  await ages(report, 30)
  await runCron(site)
  expect(await rowOf(report)).toBeUndefined()
  expectStatus(await actors.visitor().get(`/api/reports/${report.reference}`), 404)
})

test('an appeal keeps the copy until it is answered, at most until day 30', async () => {
  const { anna, report } = await reported('bad')
  await decides(judge, report, { action: 'delete' })
  expectStatus(await anna.post(`/api/statements/${await statementOf(anna)}/appeal`, { text: 'why' }), 201)
  await ages(report, 29)
  await runCron(site)
  expect(await rowOf(report)).toEqual({ state: 'decided', has_copy: true })
  await ages(report, 30)
  await runCron(site)
  expect(await rowOf(report)).toEqual({ state: 'decided', has_copy: false })
})

test('a statement goes after 30 days, that of a suspension once it has ended', async () => {
  const { anna, report } = await reported('bad')
  await decides(judge, report, { action: 'suspend' })
  const path = `/api/statements/${await statementOf(anna)}`
  await db.sql(`update statements set created_at = now() - interval '30 days' where user_uuid = $1`, [anna.uuid])
  await runCron(site)
  expectStatus(await anna.get(path), 200)
  await db.sql('update statements set suspended_until = now() where user_uuid = $1', [anna.uuid])
  await runCron(site)
  expectStatus(await anna.get(path), 404)
})

test('a reporter who deletes the account leaves the report, without a name', async () => {
  const { anna, activity } = await reported('bad')
  const cleo = await actors.join('cleo')
  const report = await reports(cleo, activity, { note: 'look' })
  expectStatus(await cleo.deletesAccount(), 204)
  await runCron(site)
  expect(await db.sql('select from users where handle = $1', [cleo.handle])).toEqual([])
  const opened = await reads(judge, `/api/moderation/reports/${report.uuid}`)
  expect(opened).toMatchObject({ reporter: null, author: { handle: anna.handle }, copy: { note: 'look', name: null } })
  await decides(judge, report, { action: 'dismiss' })
})

test('an author who deletes the account takes their statements along; the report is decided all the same', async () => {
  const [ben] = await users(site, 'ben')
  const anna = await actors.join('anna')
  const [first, second] = [await anna.posts('bad'), await anna.posts('worse')]
  await decides(judge, await reports(ben, first), { action: 'delete' })
  const waiting = await reports(ben, second)
  expectStatus(await anna.deletesAccount(), 204)
  await runCron(site)
  expect(await reads(judge, `/api/moderation/reports/${waiting.uuid}`)).toMatchObject({
    author: null,
    is_live: false,
    copy: { message: 'worse' },
    history: [],
  })
  await decides(judge, waiting, { action: 'delete' })
  expect(await reads(actors.visitor(), `/api/reports/${waiting.reference}`)).toMatchObject({ acted: true })
})

test('what was reported and expired is in no table, and the queue still shows it', async () => {
  const { ben, activity, report } = await reported('mesopotamiaword')
  await expireActivities(db, activity.uuid)
  expectStatus(await ben.get(`/api/activities/${activity.uuid}`), 410)
  await runCron(site)
  expect(await findTextInTables(db, ['mesopotamiaword'])).toEqual({})
  expect(await reads(judge, `/api/moderation/reports/${report.uuid}`)).toMatchObject({
    is_live: false,
    copy: { message: 'mesopotamiaword' },
  })
  expect(site.log.join('\n')).not.toContain('mesopotamiaword')
})
