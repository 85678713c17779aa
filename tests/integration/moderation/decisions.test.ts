import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import {
  approvesFollowers,
  blocks,
  follows,
  likes,
  lists,
  posts,
  reads,
  replies,
  sendsMessage,
  uuidsIn,
} from '../../support/actors/actions.ts'
import { moderators, users } from '../../support/actors/many-users.ts'
import { decides, reports, reportsUser, statementOf } from '../../support/actors/reports.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { db, actors } = site

const [judge, second] = await moderators(site, 'judge', 'second')
const reportPath = ({ uuid }: { uuid: string }) => `/api/moderation/reports/${uuid}`
const opens = async (report: { uuid: string }) => reads(judge, reportPath(report))
/** Queued reports of an author. */
const queued = async (author: { handle: string }, query = '') =>
  (await lists(judge, `/api/moderation/reports?limit=100${query}`)).filter(
    (report) => report.author?.handle === author.handle,
  )
const copyOf = async ({ uuid }: { uuid: string }) =>
  (await db.sql('select sealed_copy is not null as kept from reports where uuid = $1', [uuid]))[0]?.kept

describe('happy', () => {
  test('the queue lists reports oldest first, with how many its subject has, and filters them', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    const activity = await posts(anna, 'bad')
    const first = await reports(ben, activity)
    const later = await reports(cleo, activity, { reason: 'hate' })
    const third = await reportsUser(cleo, anna.handle)
    const shown = await queued(anna)
    expect(
      shown.map(({ uuid, kind, reports_count, author_reports_count }) => [
        uuid,
        kind,
        reports_count,
        author_reports_count,
      ]),
    ).toEqual([
      [first.uuid, 'activity', 2, 3],
      [later.uuid, 'activity', 2, 3],
      [third.uuid, 'user', 1, 3],
    ])
    expect(JSON.stringify(shown)).not.toContain('bad')
    expect((await queued(anna, '&kind=user')).map(({ uuid }) => uuid)).toEqual([third.uuid])
    expect((await queued(anna, '&reason=hate')).map(({ uuid }) => uuid)).toEqual([later.uuid])
    expect(await queued(anna, '&state=decided')).toEqual([])
  })

  test('opening a report is logged, with who and when', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const report = await reports(ben, await posts(anna, 'bad'))
    expect(await opens(report)).toMatchObject({ uuid: report.uuid, is_live: true, copy: { message: 'bad' } })
    const [entry] = await lists(judge, '/api/moderation/log?limit=1')
    expect(entry).toMatchObject({ action: 'open', report_uuid: report.uuid, moderator: { handle: judge.handle } })
  })

  test('a dismissal answers the reporters, says nothing to the author and removes the copy', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    const activity = await posts(anna, 'fine')
    const [report, other] = [await reports(ben, activity), await reports(cleo, activity)]
    await decides(judge, report, { action: 'dismiss', statement: undefined })
    for (const [who, { reference }] of [
      [ben, report],
      [cleo, other],
    ] as const) {
      expect(await lists(who, '/api/notifications')).toMatchObject([{ kind: 'report', reference, actor: null }])
      expect(await reads(actors.visitor(), `/api/reports/${reference}`)).toMatchObject({
        state: 'decided',
        acted: false,
      })
    }
    expect(await lists(anna, '/api/notifications')).toEqual([])
    expect([await copyOf(report), await copyOf(other)]).toEqual([false, false])
    expectStatus(await ben.get(`/api/activities/${activity.uuid}`), 200)
  })

  test('a deletion ends the activity with its replies, and gives its author a statement of reasons', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const activity = await posts(anna, 'bad')
    await replies(ben, activity, 'indeed')
    const report = await reports(ben, activity)
    await decides(judge, report, { action: 'delete', rule: 'hate', statement: 'It hates.' })
    expectErrors(await anna.get(`/api/activities/${activity.uuid}`), 410, ['gone'])
    expect(await reads(actors.visitor(), `/api/reports/${report.reference}`)).toMatchObject({
      acted: true,
      rule: 'hate',
    })
    const uuid = await statementOf(anna)
    expect(await reads(anna, `/api/statements/${uuid}`)).toMatchObject({
      uuid,
      kind: 'activity',
      subject_uuid: activity.uuid,
      action: 'delete',
      rule: 'hate',
      statement: 'It hates.',
      automated: false,
      suspended_until: null,
      can_appeal_until: expect.stringMatching(/Z$/),
    })
    expect(await copyOf(report)).toBe(true)
  })

  test('what has ended meanwhile is decided about all the same', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const activity = await posts(anna, 'bad')
    const report = await reports(ben, activity)
    expectStatus(await anna.delete(`/api/activities/${activity.uuid}`), 204)
    expect(await opens(report)).toMatchObject({ is_live: false, copy: { message: 'bad' } })
    await decides(judge, report, { action: 'delete' })
    expectStatus(await anna.get(`/api/statements/${await statementOf(anna)}`), 200)
  })

  test('a message is deleted for both', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const { uuid, message, report_token, message_group_uuid } = await sendsMessage(anna, ben, 'psst')
    const body = { message_uuid: uuid, message, report_token, reason: 'harassment' }
    const report = expectStatus(await ben.post('/api/reports', body), 201).body
    await decides(judge, report, { action: 'delete' })
    for (const who of [anna, ben])
      expect(await lists(who, `/api/message_groups/${message_group_uuid}/messages`)).toEqual([])
  })

  test('an undone decision opens the report again', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const report = await reports(ben, await posts(anna, 'bad'))
    await decides(judge, report, { action: 'suspend' })
    const uuid = await statementOf(anna)
    expectStatus(await judge.post(`${reportPath(report)}/undo`, {}), 204)
    expect(await reads(anna, `/api/statements/${uuid}`)).toMatchObject({
      undone_at: expect.stringMatching(/Z$/),
      can_appeal_until: null,
    })
    expectStatus(await anna.post('/api/activities', { message: 'back', ttl: '1-hour' }), 201)
    expectErrors(await judge.post(`${reportPath(report)}/undo`, {}), 409, ['report_decided'])
    await decides(judge, report, { action: 'dismiss' })
  })
})

describe('appeals', () => {
  test('an appeal is answered by another moderator, and the copy goes with the answer', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const report = await reports(ben, await posts(anna, 'bad'))
    await decides(judge, report, { action: 'suspend', until: new Date(Date.now() + 86_400_000).toISOString() })
    // The second moderator was active lately.
    await second.get(reportPath(report))
    const path = `/api/statements/${await statementOf(anna)}`
    expectStatus(await anna.post(`${path}/appeal`, { text: 'I was not rude' }), 201)
    expect((await queued(anna, '&state=appealed')).map(({ uuid }) => uuid)).toEqual([report.uuid])
    expect(await opens(report)).toMatchObject({ appeal: 'I was not rude', has_open_appeal: true })

    const answer = { decision: 'reversed', answer: 'You were not.' }
    expectErrors(await judge.post(`${reportPath(report)}/appeal`, answer), 403, ['another_moderator'])
    expectStatus(await second.post(`${reportPath(report)}/appeal`, answer), 204)
    expectErrors(await second.post(`${reportPath(report)}/appeal`, answer), 409, ['report_decided'])
    expect(await reads(anna, path)).toMatchObject({ appeal_decision: 'reversed', appeal_answer: 'You were not.' })
    expect(await copyOf(report)).toBe(false)
    expect(
      await db.sql('select from statements where sealed_appeal is not null and user_uuid = $1', [anna.uuid]),
    ).toEqual([])
    expectStatus(await anna.post('/api/activities', { message: 'back', ttl: '1-hour' }), 201)
  })

  test('one may appeal once, and within 14 days', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const activities = [await posts(anna, 'bad'), await posts(anna, 'worse')]
    const paths: string[] = []
    for (const activity of activities) {
      await decides(judge, await reports(ben, activity), { action: 'delete' })
      paths.push(`/api/statements/${await statementOf(anna)}`)
    }
    const [path, late] = paths
    expectErrors(await anna.post(`${path}/appeal`, { text: ' ' }), 422, [{ code: 'appeal_blank', field: 'text' }])
    expectStatus(await anna.post(`${path}/appeal`, { text: 'why' }), 201)
    expectErrors(await anna.post(`${path}/appeal`, { text: 'why' }), 409, ['already_appealed'])
    await db.sql(
      `update statements set created_at = now() - interval '14 days' where user_uuid = $1 and appealed_at is null`,
      [anna.uuid],
    )
    expectErrors(await anna.post(`${late}/appeal`, { text: 'why' }), 422, ['appeal_too_late'])
  })
})

describe('suspension', () => {
  test('a suspended user is not seen by others, and still sees themself', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const [own, of] = [await posts(anna, 'mine'), await posts(ben, 'yours')]
    await likes(anna, of)
    await follows(ben, anna)
    await approvesFollowers(ben)
    await follows(anna, ben)
    expect((await reads(ben, '/api/notifications/unread')).follow_requests).toBe(1)
    await decides(judge, await reports(ben, own), { action: 'suspend' })
    expect(await lists(ben, '/api/follow-requests')).toEqual([])
    expect((await reads(ben, '/api/notifications/unread')).follow_requests).toBe(0)
    for (const who of [ben, actors.visitor()]) {
      expectErrors(await who.get(`/api/users/@${anna.handle}`), 404, ['not_found'])
      expectErrors(await who.get(`/api/activities/${own.uuid}`), 410, ['gone'])
      expect(await uuidsIn(who, '/api/activities/everyone')).not.toContain(own.uuid)
      expect(await lists(who, `/api/activities/${of.uuid}/likes`)).toEqual([])
    }
    expect(await uuidsIn(ben, '/api/activities/home')).not.toContain(own.uuid)
    expectStatus(await anna.get(`/api/activities/${own.uuid}`), 200)
    expectStatus(await anna.get(`/api/users/@${anna.handle}`), 200)
  })

  test('a suspended user cannot write, but read, export, appeal, block and delete what is theirs', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const [own, of] = [await posts(anna, 'mine'), await posts(ben, 'yours')]
    const report = await reports(ben, own)
    await decides(judge, report, { action: 'suspend' })
    const refused = [
      await anna.post('/api/activities', { message: 'hi', ttl: '1-hour' }),
      await anna.post(`/api/activities/${of.uuid}/replies`, { message: 'hi' }),
      await anna.post('/api/activities', { message: 'hi', replaces: own.uuid }),
      await anna.post('/api/messages', { handle: ben.handle, message: 'hi' }),
      await anna.put(`/api/activities/${of.uuid}/like`),
      await anna.put(`/api/activities/${of.uuid}/repost`),
      await anna.put(`/api/users/@${ben.handle}/follow`),
      await anna.send('PATCH', '/api/profile', { 'content-type': 'application/json' }, JSON.stringify({ bio: 'hi' })),
    ]
    for (const answer of refused) expectErrors(answer, 403, ['suspended'])
    for (const path of ['/api/activities/home', '/api/profile', '/api/profile/export', '/api/notifications']) {
      expectStatus(await anna.get(path), 200)
    }
    await blocks(anna, ben)
    expectStatus(await anna.post(`/api/statements/${await statementOf(anna)}/appeal`, { text: 'why' }), 201)
    expectStatus(await anna.delete(`/api/activities/${own.uuid}`), 204)
  })

  test('a suspended user stays signed in, exports what is theirs, and can delete the account', async () => {
    const anna = await actors.join('anna')
    const elsewhere = anna.onAnotherDevice()
    await elsewhere.signsIn()
    const [ben] = await users(site, 'ben')
    await decides(judge, await reportsUser(ben, anna.handle), { action: 'suspend' })
    for (const device of [anna, elsewhere]) {
      expect((await reads(device, '/api/session')).viewer).toMatchObject({ handle: anna.handle })
    }
    expect(await reads(anna, '/api/session/devices')).toMatchObject({ data: [{}, {}] })
    expect(await reads(anna, '/api/profile/export')).toMatchObject({
      statements: [{ kind: 'user', action: 'suspend', suspended_until: null, statement: 'It insults somebody.' }],
    })
    expectStatus(await anna.deletesAccount(), 204)
    expectStatus(await elsewhere.get('/api/profile'), 401)
  })

  test('it ends by itself', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const activity = await posts(anna, 'mine')
    const until = new Date(Date.now() + 3_600_000).toISOString()
    await decides(judge, await reports(ben, activity), { action: 'suspend', until })
    expect(await reads(anna, `/api/statements/${await statementOf(anna)}`)).toMatchObject({ suspended_until: until })
    expectErrors(await ben.get(`/api/activities/${activity.uuid}`), 410, ['gone'])
    await db.sql('update users set suspended_until = now() where uuid = $1', [anna.uuid])
    expectStatus(await ben.get(`/api/activities/${activity.uuid}`), 200)
    expectStatus(await anna.post('/api/activities', { message: 'back', ttl: '1-hour' }), 201)
  })
})

describe('concurrency', () => {
  test('two moderators decide once, also about two reports of one subject', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    const activity = await posts(anna, 'bad')
    const received = [await reports(ben, activity), await reports(cleo, activity)]
    const sent = { action: 'delete', rule: 'hate', statement: 'It hates.' }
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        (index % 2 === 0 ? judge : second).post(`${reportPath(received[index % 2] ?? { uuid: '' })}/decision`, sent),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array<number>(9).fill(409)])
    expect((await lists(anna, '/api/notifications')).filter(({ kind }) => kind === 'statement')).toHaveLength(1)
    expect(
      await db.sql(`select from moderation_log where action = 'delete' and report_uuid = any($1)`, [
        received.map(({ uuid }) => uuid),
      ]),
    ).toHaveLength(1)
  })
})

describe('error', () => {
  test('a decision must fit what was reported, and say why', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const ofUser = await reportsUser(ben, anna.handle)
    const decide = (body: object) => judge.post(`${reportPath(ofUser)}/decision`, body)
    const why = { rule: 'spam', statement: 'It is spam.' }
    expectErrors(await decide({}), 422, [
      { code: 'decision_invalid', field: 'action' },
      { code: 'rule_blank', field: 'rule' },
    ])
    expectErrors(await decide({ action: 'suspend', rule: 'spam' }), 422, [
      { code: 'statement_blank', field: 'statement' },
    ])
    expectErrors(await decide({ action: 'warn', ...why }), 422, [{ code: 'warning_blank', field: 'warning' }])
    expectErrors(await decide({ action: 'suspend', until: '2026-01-01T00:00:00Z', ...why }), 422, [
      { code: 'until_invalid', field: 'until' },
    ])
    expectErrors(await decide({ action: 'delete', ...why }), 422, ['decision_invalid'])
    expectErrors(await decide({ action: 'warn', warning: 'spam', ...why }), 422, ['decision_invalid'])
    expectErrors(
      await judge.post(`${reportPath({ uuid: crypto.randomUUID() })}/decision`, { action: 'dismiss', ...why }),
      404,
      ['not_found'],
    )
  })

  test('nobody decides about themself', async () => {
    const [ben] = await users(site, 'ben')
    const report = await reportsUser(ben, judge.handle)
    const sent = { action: 'dismiss', rule: 'other' }
    expectErrors(await judge.post(`${reportPath(report)}/decision`, sent), 422, ['decision_invalid'])
    expectStatus(await second.post(`${reportPath(report)}/decision`, sent), 204)
  })
})

describe('security', () => {
  test('only moderators see the queue, a report and the log; to others they do not exist', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const report = await reports(ben, await posts(anna, 'bad'))
    for (const who of [anna, ben, actors.visitor()]) {
      for (const path of ['/api/moderation/reports', reportPath(report), '/api/moderation/log']) {
        expectErrors(await who.get(path), 404, ['not_found'])
      }
      const sent = { action: 'dismiss', rule: 'other' }
      expectErrors(await who.post(`${reportPath(report)}/decision`, sent), 404, ['not_found'])
      expectErrors(await who.post(`${reportPath(report)}/undo`, {}), 404, ['not_found'])
    }
    expect(await db.sql('select state from reports where uuid = $1', [report.uuid])).toEqual([{ state: 'open' }])
  })

  test('a statement can be read and appealed against by whom it is addressed to', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    await decides(judge, await reports(ben, await posts(anna, 'bad')), { action: 'delete' })
    const path = `/api/statements/${await statementOf(anna)}`
    for (const who of [ben, judge]) {
      expectErrors(await who.get(path), 404, ['not_found'])
      expectErrors(await who.post(`${path}/appeal`, { text: 'why' }), 404, ['not_found'])
    }
    expectErrors(await actors.visitor().get(path), 401, ['unauthorized'])
  })

  test('the log cannot be changed', async () => {
    await expect(db.sql('delete from moderation_log')).rejects.toThrow('append-only')
    await expect(db.sql(`update moderation_log set action = 'open'`)).rejects.toThrow('append-only')
  })
})

test('the numbers by month count reports, decisions and appeals, and name nobody', async () => {
  const before = (await reads(actors.visitor(), '/api/transparency')).months[0]
  const [anna, ben] = await users(site, 'anna', 'ben')
  await decides(judge, await reports(ben, await posts(anna, 'bad')), { action: 'delete' })
  expectStatus(await anna.post(`/api/statements/${await statementOf(anna)}/appeal`, { text: 'why' }), 201)
  const [month] = (await reads(actors.visitor(), '/api/transparency')).months
  expect(month).toEqual({
    ...before,
    reports: before.reports + 1,
    deleted: before.deleted + 1,
    appeals: before.appeals + 1,
    median_seconds: expect.any(Number),
  })
})
