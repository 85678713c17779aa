import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { follows, posts, reads } from '../../support/actors/actions.ts'
import { type ApiUser, users } from '../../support/actors/many-users.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { db, actors } = site
const JSON_TYPE = { 'content-type': 'application/json' }
const change = (who: Pick<ApiUser, 'send'>, json: unknown) =>
  who.send('PATCH', '/api/profile', JSON_TYPE, JSON.stringify(json))

describe('happy', () => {
  test('name and bio can be changed together or alone', async () => {
    const [anna] = await users(site, 'anna')
    const before = await reads(anna, '/api/profile')
    const both = expectStatus(await change(anna, { display_name: '  Änna ', bio: 'I burn.\r\nOften.' }), 200).body
    expect(both).toEqual({ ...before, display_name: 'Änna', bio: 'I burn.\nOften.' })
    expect(expectStatus(await change(anna, { display_name: 'Anna' }), 200).body).toEqual({
      ...both,
      display_name: 'Anna',
    })
    expect(expectStatus(await change(anna, { bio: '' }), 200).body).toEqual({ ...before, bio: '' })
    expect(expectStatus(await change(anna, {}), 200).body).toEqual(before)
    expect(await reads(anna, '/api/profile')).toEqual(before)
  })

  test('a new name shows everywhere at once', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const activity = await posts(anna, 'hi')
    await follows(anna, ben)
    expectStatus(await change(anna, { display_name: 'Renamed' }), 200)
    expect((await reads(ben, `/api/activities/${activity.uuid}`)).user.display_name).toBe('Renamed')
    expect((await reads(ben, '/api/notifications')).data[0].actor.display_name).toBe('Renamed')
    expect((await reads(ben, `/api/users/@${ben.handle}/followers`)).data[0].display_name).toBe('Renamed')
  })

  test('the answer is the profile with counts and preferences', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    await posts(anna, 'hi')
    await follows(ben, anna)
    const answer = expectStatus(await change(anna, { bio: 'x' }), 200).body
    const profile = await reads(anna, `/api/users/@${anna.handle}`)
    expect(answer).toEqual({
      ...profile,
      default_ttl: '7-days',
      default_audience: 'everyone',
      approves_followers: false,
      alt_required: true,
      open_warnings: false,
      theme: 'system',
      banner_color: 'star',
      is_moderator: false,
    })
  })

  test('concurrent changes of different fields are both kept', async () => {
    const [anna] = await users(site, 'anna')
    const answers = await Promise.all([change(anna, { display_name: 'New' }), change(anna, { bio: 'new' })])
    for (const answer of answers) expectStatus(answer, 200)
    expect(await reads(anna, `/api/users/@${anna.handle}`)).toMatchObject({ display_name: 'New', bio: 'new' })
  })
})

describe('error', () => {
  test.each([
    [{ display_name: '' }, 'display_name', 'display_name_blank'],
    [{ display_name: ' \u2003' }, 'display_name', 'display_name_blank'],
    [{ display_name: null }, 'display_name', 'display_name_blank'],
    [{ display_name: 7 }, 'display_name', 'display_name_blank'],
    [{ display_name: 'x'.repeat(61) }, 'display_name', 'display_name_exceed_max_chars'],
    [{ display_name: `x${'\u0301'.repeat(400)}` }, 'display_name', 'display_name_exceed_max_chars'],
    [{ display_name: '\u034f\ufe0f\u17b4' }, 'display_name', 'display_name_blank'],
    [{ display_name: 'a\u0000' }, 'display_name', 'display_name_invalid'],
    [{ display_name: 'Anna\nand Ben' }, 'display_name', 'display_name_invalid'],
    [{ display_name: 'Cruddur Support' }, 'display_name', 'display_name_reserved'],
    [{ display_name: 'Сruddυr' }, 'display_name', 'display_name_reserved'],
    [{ bio: 'x'.repeat(281) }, 'bio', 'bio_exceed_max_chars'],
    [{ bio: 'a\u0007' }, 'bio', 'bio_invalid'],
    [{ bio: '\ud83d' }, 'bio', 'bio_invalid'],
    [{ bio: null }, 'bio', 'bio_invalid'],
  ] as const)('%j is rejected, and nothing changes', async (json, field, code) => {
    const [anna] = await users(site, 'anna')
    const before = await reads(anna, `/api/users/@${anna.handle}`)
    expectErrors(await change(anna, json), 422, [{ code, field }])
    expect(await reads(anna, `/api/users/@${anna.handle}`)).toEqual(before)
  })

  test('all errors are reported, and valid fields beside them are not stored', async () => {
    const [anna] = await users(site, 'anna')
    expectErrors(await change(anna, { display_name: '', bio: 'x'.repeat(281) }), 422, [
      { code: 'display_name_blank', field: 'display_name' },
      { code: 'bio_exceed_max_chars', field: 'bio' },
    ])
    expectErrors(await change(anna, { display_name: '', bio: 'fine' }), 422, [
      { code: 'display_name_blank', field: 'display_name' },
    ])
    expect((await reads(anna, `/api/users/@${anna.handle}`)).bio).toBe('')
  })
})

describe('security', () => {
  test('changes only the own profile and only its editable fields', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const evil = {
      uuid: ben.uuid,
      handle: ben.handle,
      email: 'x@example.com',
      avatar_key: 'x',
      cognito_sub: ben.sub,
      bio: 'b',
    }
    expectStatus(await change(anna, evil), 200)
    const rows = await db.sql('select handle, email, avatar_key, cognito_sub, bio from users where uuid = $1', [
      anna.uuid,
    ])
    expect(rows).toEqual([
      { handle: anna.handle, email: `${anna.handle}@example.com`, avatar_key: null, cognito_sub: anna.sub, bio: 'b' },
    ])
    expect((await reads(ben, `/api/users/@${ben.handle}`)).bio).toBe('')
  })

  test('signed out answers 401, cross-site 403', async () => {
    const anna = await actors.join()
    expectErrors(await change(actors.visitor(), { bio: 'x' }), 401, ['unauthorized'])
    const headers = { ...JSON_TYPE, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    expectErrors(await anna.send('PATCH', '/api/profile', headers, '{"bio":"x"}'), 403, ['cross_origin'])
  })
})
