import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { deletes, lists, posts, reads, replies, rewrites } from '../../support/actors/actions.ts'
import { moderators, users } from '../../support/actors/many-users.ts'
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

  test('its page folds the text, and previews show the warning only', async () => {
    const [anna] = await users(site, 'anna')
    const sent = { message: 'the butler did it', ttl: '1-hour', warning: 'spoiler' }
    const { uuid } = expectStatus(await anna.post('/api/activities', sent), 201).body
    const { text } = expectStatus(await actors.visitor().visits(`/@${anna.handle}/status/${uuid}`), 200)
    expect(text).toMatch(/<details class="warned"><summary[^>]*>spoiler<\/summary>.*the butler did it/s)
    expect(text).toContain('<meta property="og:description" content="spoiler"/>')
    expect(text.match(/the butler did it/g)).toHaveLength(1)
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
