import { afterEach, describe, expect, test } from 'vitest'
import type { Env } from '../../../worker/env.ts'
import { type Reportable, reportToken } from '../../../worker/reports/report-token.ts'
import { SECRET_KEY } from '../../harness/bindings.ts'
import { openSite } from '../../harness/site.ts'
import { blocks, deletes, lists, posts, sendsMessage } from '../../support/actors/actions.ts'
import { expireActivities, moderators, users } from '../../support/actors/many-users.ts'
import { fromNetwork } from '../../support/actors/networks.ts'
import { reportOf, reports, reportsUser } from '../../support/actors/reports.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'
import { findTextInTables } from '../../support/assertions/find-text-in-tables.ts'

const site = await openSite()
const { db, actors } = site
afterEach(() => site.database.setOutage(false))

const REFERENCE = /^([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}$/
const SIGNED_OUT = { name: 'Nora', email: 'nora@example.com', good_faith: true }
const rowsOf = (subject: string) => db.sql('select uuid, reporter_uuid from reports where subject_uuid = $1', [subject])

/** A token as a card had it that expired `hours` ago. */
const expiredToken = (hours: number, shown: Omit<Reportable, 'expires_at' | 'kind' | 'warning' | 'images'>) => {
  const expires_at = new Date(Date.now() - hours * 3_600_000).toISOString()
  return reportToken({ secretKey: SECRET_KEY } as Env, {
    kind: 'activity',
    warning: null,
    images: [],
    ...shown,
    expires_at,
  })
}

describe('happy', () => {
  test('a report answers with a reference, by which its state can be looked up signed out', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const received = await reports(ben, await posts(anna, 'so rude'))
    expect(received).toEqual({
      uuid: expect.any(String),
      reference: expect.stringMatching(REFERENCE),
      has_images: true,
    })
    const answer = await actors.visitor().get(`/api/reports/${received.reference.toLowerCase()}`)
    expect(expectStatus(answer, 200).body).toEqual({
      reference: received.reference,
      state: 'open',
      created_at: expect.stringMatching(/Z$/),
      decided_at: null,
      acted: null,
      rule: null,
    })
  })

  test('the copy is what the reporter saw and wrote; no table and no log holds a word of it', async () => {
    const [anna, ben, [judge]] = [...(await users(site, 'anna', 'ben')), await moderators(site, 'judge')]
    const activity = await posts(anna, 'zanzibarword')
    const { uuid } = await reports(ben, activity, { note: 'kilimanjaroword' })
    await deletes(anna, activity)
    expect(await findTextInTables(db, ['zanzibarword', 'kilimanjaroword'])).toEqual({})
    expect(site.log.join('\n')).not.toMatch(/zanzibarword|kilimanjaroword/)
    expect(expectStatus(await judge.get(`/api/moderation/reports/${uuid}`), 200).body.copy).toEqual({
      message: 'zanzibarword',
      warning: null,
      images: [],
      note: 'kilimanjaroword',
      name: null,
      email: null,
    })
  })

  test.each(['expired', 'deleted'])('what has %s can be reported by its token, signed out too', async (state) => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const activity = await posts(anna, 'here a moment ago')
    if (state === 'expired') await expireActivities(db, activity.uuid)
    else await deletes(anna, activity)
    await reports(ben, activity)
    await reports(actors.visitor(), activity, SIGNED_OUT)
    expect(await rowsOf(activity.uuid)).toHaveLength(2)
  })

  test('it can be reported until a day after its expiry', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const shown = { uuid: crypto.randomUUID(), author_uuid: anna.uuid, message: 'late' }
    const body = (report_token: string) => ({
      activity_uuid: shown.uuid,
      message: 'late',
      report_token,
      reason: 'spam',
    })
    expectErrors(await ben.post('/api/reports', body(await expiredToken(24.1, shown))), 410, ['gone'])
    expectStatus(await ben.post('/api/reports', body(await expiredToken(23.9, shown))), 201)
  })

  test('the recipient of a message can report it, also once it was deleted', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const { uuid, message, report_token } = await sendsMessage(anna, ben, 'psst')
    const body = { message_uuid: uuid, message, report_token, reason: 'harassment' }
    expectStatus(await anna.delete(`/api/messages/${uuid}`), 204)
    expectStatus(await ben.post('/api/reports', body), 201)
  })

  test('a user can be reported, and blocked or muted at once', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    await reportsUser(anna, ben.handle, { also: 'block' })
    await reportsUser(anna, cleo.handle, { also: 'mute' })
    const viewerOf = async (handle: string) => (await anna.get(`/api/users/@${handle}`)).body.viewer
    expect(await viewerOf(ben.handle)).toMatchObject({ blocking: true })
    expect(await viewerOf(cleo.handle)).toMatchObject({ blocking: false, muting: true })
  })

  test('the same report twice is one row and one answer, also at the same time', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const activity = await posts(anna, 'again')
    const answers = await Promise.all(Array.from({ length: 20 }, () => ben.post('/api/reports', reportOf(activity))))
    const received = answers.filter(({ status }) => status === 201).map(({ body }) => body)
    expect(answers.map(({ status }) => status).filter((status) => status !== 201 && status !== 429)).toEqual([])
    expect(await reports(ben, activity)).toEqual(received[0])
    expect(new Set(received.map(({ uuid }) => uuid)).size).toBe(1)
    expect(await rowsOf(activity.uuid)).toHaveLength(1)
  })

  test('a report of child abuse needs no name', async () => {
    const [anna] = await users(site, 'anna')
    await reports(actors.visitor(), await posts(anna, 'dreadful'), { reason: 'child_abuse', good_faith: true })
  })
})

describe('error', () => {
  test('signed out, a report needs name, email and good faith', async () => {
    const [anna] = await users(site, 'anna')
    const body = reportOf(await posts(anna, 'hi'))
    expectErrors(await actors.visitor().post('/api/reports', body), 422, [
      { code: 'name_blank', field: 'name' },
      { code: 'email_blank', field: 'email' },
      { code: 'good_faith_missing', field: 'good_faith' },
    ])
    expectErrors(await actors.visitor().post('/api/reports', { ...body, ...SIGNED_OUT, email: 'nora' }), 422, [
      { code: 'email_invalid', field: 'email' },
    ])
  })

  test.each([
    [{}, [{ code: 'report_reason_blank', field: 'reason' }]],
    [{ reason: 'spam' }, ['report_subject_invalid']],
    [{ reason: 'spam', handle: 'anna', activity_uuid: crypto.randomUUID() }, ['report_subject_invalid']],
    [{ reason: 'spam', handle: 'anna', note: 'x'.repeat(1_025) }, [{ code: 'report_note_too_long', field: 'note' }]],
    [{ reason: 'spam', handle: 'anna', also: 'hug' }, [{ code: 'report_also_invalid', field: 'also' }]],
  ] as const)('%j is rejected', async (body, errors) => {
    const [ben] = await users(site, 'ben')
    expectErrors(await ben.post('/api/reports', body), 422, [...errors])
  })

  test('oneself, the unknown, the deleted and whoever blocked the viewer cannot be reported', async () => {
    const [anna, ben, gone] = await users(site, 'anna', 'ben', 'gone')
    const own = await posts(anna, 'mine')
    const ofGone = await posts(gone, 'bye')
    await blocks(ben, anna)
    await db.sql('insert into deleted_accounts (user_uuid) values ($1)', [gone.uuid])
    const report = (body: object) => anna.post('/api/reports', body)
    expectErrors(await report(reportOf(own)), 422, ['report_self'])
    expectErrors(await report({ handle: anna.handle, reason: 'spam' }), 422, ['report_self'])
    expectErrors(await report({ handle: 'nobody_has_this', reason: 'spam' }), 404, ['not_found'])
    expectErrors(await report({ handle: gone.handle, reason: 'spam' }), 404, ['not_found'])
    expectErrors(await report({ handle: ben.handle, reason: 'spam' }), 404, ['not_found'])
    expectErrors(await report(reportOf(ofGone)), 410, ['gone'])
    expect(await db.sql('select from reports where author_uuid = any($1)', [[anna.uuid, ben.uuid, gone.uuid]])).toEqual(
      [],
    )
  })

  test('the eleventh report within an hour is refused, by user and by client IP', async () => {
    const [author, ben] = await users(site, 'author', 'ben')
    const eleventh = await posts(author, 'no 11')
    const first = await posts(author, 'no 1')
    const others = await Promise.all(Array.from({ length: 9 }, (_, index) => posts(author, `no ${index + 2}`)))
    const visitor = fromNetwork(actors.visitor())
    for (const [who, more] of [
      [ben, {}],
      [visitor, SIGNED_OUT],
    ] as const) {
      for (const activity of [first, ...others]) await reports(who, activity, more)
      const refused = await who.post('/api/reports', reportOf(eleventh, more))
      expectErrors(refused, 429, ['too_many_requests'])
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_500)
      // One that was received already costs nothing.
      await reports(who, first, more)
    }
    expect(await rowsOf(eleventh.uuid)).toEqual([])
  })

  test('without the database it answers 503', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const body = reportOf(await posts(anna, 'hi'))
    site.database.setOutage(true)
    expectErrors(await ben.post('/api/reports', body), 503, ['database_unavailable'])
  })

  test('an unknown reference answers 404', async () => {
    expectErrors(await actors.visitor().get('/api/reports/0000-0000-0000'), 404, ['not_found'])
  })
})

describe('security', () => {
  test('a forged token, another text and another activity are refused', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const [activity, other] = [await posts(anna, 'kind words'), await posts(anna, 'other words')]
    for (const changed of [
      { message: 'unkind words' },
      { activity_uuid: other.uuid },
      { report_token: other.report_token },
      { report_token: 'A'.repeat(51) },
      { report_token: undefined },
      { activity_uuid: undefined, message_uuid: activity.uuid },
    ]) {
      expectErrors(await ben.post('/api/reports', { ...reportOf(activity), ...changed }), 422, [
        { code: 'report_token_invalid', field: 'report_token' },
      ])
    }
    expect(await rowsOf(activity.uuid)).toEqual([])
  })

  test('a message can be reported by its recipient only', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    const { uuid, message, report_token } = await sendsMessage(anna, ben, 'psst')
    const body = { message_uuid: uuid, message, report_token, reason: 'harassment' }
    expectErrors(await actors.visitor().post('/api/reports', { ...body, ...SIGNED_OUT }), 401, ['unauthorized'])
    expectErrors(await cleo.post('/api/reports', body), 404, ['not_found'])
    expectErrors(await anna.post('/api/reports', body), 422, ['report_self'])
    // Neither does a conversation with its author help, nor a request that was declined hinder.
    await sendsMessage(anna, cleo, 'psst')
    expectErrors(await cleo.post('/api/reports', body), 404, ['not_found'])
    const [{ uuid: group }] = await lists(ben, '/api/message_groups?folder=requests')
    expectStatus(await ben.delete(`/api/message_groups/${group}`), 204)
    expectStatus(await ben.post('/api/reports', body), 201)
  })

  test('name and email of a signed-in reporter are not stored', async () => {
    const [anna, ben, [judge]] = [...(await users(site, 'anna', 'ben')), await moderators(site, 'judge')]
    const { uuid } = await reports(ben, await posts(anna, 'hi'), SIGNED_OUT)
    const opened = expectStatus(await judge.get(`/api/moderation/reports/${uuid}`), 200).body
    expect(opened.copy).toMatchObject({ name: null, email: null })
    expect(opened.reporter.handle).toBe(ben.handle)
  })
})
