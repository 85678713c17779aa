import { describe, expect, test } from 'vitest'
import type { Client } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { deletes, lists, posts, reads, replies, rewrites, uuidsIn, warns } from '../../support/actors/actions.ts'
import { moderators, postsMany, users } from '../../support/actors/many-users.ts'
import { decides, reports, statementOf } from '../../support/actors/reports.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { actors } = site
const [judge] = await moderators(site, 'judge')

describe('happy', () => {
  test('an author warns of an activity or a reply; readers get the warning beside the text', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const sent = { message: 'the butler', ttl: '1-hour', warning: ' spoiler ' }
    const activity = expectStatus(await anna.post('/api/activities', sent), 201).body
    expect(activity.warning).toBe('spoiler')
    const reply = { message: 'indeed', warning: 'spoiler too' }
    expect(expectStatus(await ben.post(`/api/activities/${activity.uuid}/replies`, reply), 201).body.warning).toBe(
      'spoiler too',
    )
    expect(await reads(actors.visitor(), `/api/activities/${activity.uuid}`)).toMatchObject({ warning: 'spoiler' })
    expect((await reads(anna, '/api/profile/export')).cruds).toMatchObject([{ warning: 'spoiler' }])
    expect((await rewrites(anna, activity, 'the gardener')).warning).toBe('spoiler')
    expect((await posts(anna, 'nothing')).warning).toBeNull()
  })

  test('a moderator adds a warning and takes it back', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const activity = await posts(anna, 'a bare knee')
    const report = await reports(ben, activity)
    await decides(judge, report, { action: 'warn', warning: 'skin', rule: 'sexual' })
    const warned = await reads(ben, `/api/activities/${activity.uuid}`)
    expect(warned).toMatchObject({ message: 'a bare knee', warning: 'skin' })
    expect(warned.report_token).not.toBe(activity.report_token)
    expect(await reads(anna, `/api/statements/${await statementOf(anna)}`)).toMatchObject({
      action: 'warn',
      warning: 'skin',
    })
    expectStatus(await judge.post(`/api/moderation/reports/${report.uuid}/undo`, {}), 204)
    expect(await reads(ben, `/api/activities/${activity.uuid}`)).toMatchObject({ warning: null })
  })

  test('what has a warning is reported with it, also once deleted', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const activity = expectStatus(
      await anna.post('/api/activities', { message: 'x', ttl: '1-hour', warning: 'so rude' }),
      201,
    ).body
    await deletes(anna, activity)
    const { uuid } = await reports(ben, activity)
    expect((await reads(judge, `/api/moderation/reports/${uuid}`)).copy).toMatchObject({
      message: 'x',
      warning: 'so rude',
    })
    const { report_token, message } = activity
    const without = { activity_uuid: activity.uuid, message, report_token, reason: 'spam' }
    expectErrors(await ben.post('/api/reports', without), 422, [
      { code: 'report_token_invalid', field: 'report_token' },
    ])
  })
})

describe('delete and rewrite', () => {
  const rewritesWith = async (who: Client, { uuid }: { uuid: string }, more: object) =>
    expectStatus(await who.post('/api/activities', { message: 'the gardener', replaces: uuid, ...more }), 201).body

  test('changes and removes a warning of the author’s own', async () => {
    const [anna] = await users(site, 'anna')
    const changed = await rewritesWith(anna, await warns(anna, 'the butler', 'spoiler'), { warning: 'ending' })
    expect(changed.warning).toBe('ending')
    expect((await rewritesWith(anna, changed, { warning: null })).warning).toBeNull()
  })

  test('keeps a moderator’s warning, until the decision is undone', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const activity = await posts(anna, 'a bare knee')
    const report = await reports(ben, activity)
    await decides(judge, report, { action: 'warn', warning: 'skin', rule: 'sexual' })
    const once = await rewritesWith(anna, activity, { warning: null })
    const twice = await rewritesWith(anna, once, { warning: 'knees' })
    expect([once.warning, twice.warning]).toEqual(['skin', 'skin'])
    expectStatus(await judge.post(`/api/moderation/reports/${report.uuid}/undo`, {}), 204)
    expect(await reads(ben, `/api/activities/${twice.uuid}`)).toMatchObject({ warning: null })
    expect((await rewritesWith(anna, twice, { warning: 'knees' })).warning).toBe('knees')
  })

  test('keeps a moderator’s warning for more versions than have their addresses redirected', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const activity = await posts(anna, 'a bare knee')
    const report = await reports(ben, activity)
    await decides(judge, report, { action: 'warn', warning: 'skin', rule: 'sexual' })
    let newest = { uuid: activity.uuid }
    for (let i = 0; i < 52; i += 1) newest = await rewritesWith(anna, newest, { warning: null })
    expect(newest).toMatchObject({ warning: 'skin' })
    expectStatus(await judge.post(`/api/moderation/reports/${report.uuid}/undo`, {}), 204)
    expect(await reads(ben, `/api/activities/${newest.uuid}`)).toMatchObject({ warning: null })
  })
})

describe('search', () => {
  const uniqueWord = (name: string) => `${name}${crypto.randomUUID().slice(0, 8)}`
  const found = (who: Client, term: string) => uuidsIn(who, `/api/activities/search?term=${encodeURIComponent(term)}`)

  test('finds what is folded by its warning, for its author too, without regard to accents', async () => {
    const [anna] = await users(site, 'anna')
    const [warning, text] = [uniqueWord('Éclair'), uniqueWord('butler')]
    const { uuid } = await warns(anna, `the ${text} did it`, `the ${warning} ending`)
    for (const who of [actors.visitor(), anna]) {
      for (const term of [text, `${text} ${warning}`]) expect(await found(who, term), term).toEqual([])
      expect(await found(who, warning.replace('É', 'e'))).toEqual([uuid])
    }
  })

  test('follows a moderator’s warning as it comes and goes', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const [warning, text] = [uniqueWord('skin'), uniqueWord('knee')]
    const activity = await posts(anna, `a bare ${text}`)
    const report = await reports(ben, activity)
    await decides(judge, report, { action: 'warn', warning, rule: 'sexual' })
    expect([await found(ben, text), await found(ben, warning)]).toEqual([[], [activity.uuid]])
    expectStatus(await judge.post(`/api/moderation/reports/${report.uuid}/undo`, {}), 204)
    expect([await found(ben, text), await found(ben, warning)]).toEqual([[activity.uuid], []])
  })

  test('finds it below the newest 1,500 by its warning alone', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const [warning, text] = [uniqueWord('ending'), uniqueWord('butler')]
    const { uuid } = await warns(anna, text, warning)
    await postsMany(
      site,
      ben,
      Array.from({ length: 1_600 }, () => 'later'),
    )
    expect([await found(ben, text), await found(ben, warning)]).toEqual([[], [uuid]])
  })
})

test.each([
  [' ', 'warning_blank'],
  ['x'.repeat(61), 'warning_too_long'],
  ['two\nlines', 'warning_invalid'],
] as const)('the warning %j is rejected', async (warning, code) => {
  const [anna, ben] = await users(site, 'anna', 'ben')
  const parent = await posts(ben, 'hi')
  expectErrors(await anna.post('/api/activities', { message: 'hi', ttl: '1-hour', warning }), 422, [
    { code, field: 'warning' },
  ])
  expectErrors(await anna.post(`/api/activities/${parent.uuid}/replies`, { message: 'hi', warning }), 422, [
    { code, field: 'warning' },
  ])
  await replies(anna, parent, 'ho')
  expect(await lists(ben, `/api/activities/${parent.uuid}/replies`)).toHaveLength(1)
})
