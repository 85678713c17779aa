import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import type { Actor } from '../../support/actors/actors.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const { actors, db } = await openSite()

/** Two users who signed up with the same handle, not confirmed yet. */
async function signUpWithSameHandle(): Promise<[Actor, Actor]> {
  const [anna, ben] = [actors.unregistered('anna'), actors.unregistered('ben')]
  ben.details.handle = anna.handle
  await Promise.all([anna.signsUp(), ben.signsUp()])
  return [anna, ben]
}

/** Makes a user whose handle was taken before they confirmed. */
async function makeUserWithoutHandle(): Promise<{ first: Actor; late: Actor }> {
  const [first, second] = await signUpWithSameHandle()
  await first.confirms()
  expect((await second.confirms()).body).toEqual({ viewer: null, handle_required: true })
  return { first, late: second }
}

const VIEWER = { uuid: expect.any(String), handle: expect.any(String), display_name: 'Ben', avatar_url: null }

describe('two users who sign up with one handle', () => {
  test('and confirm at once: one gets it, the other must choose another', async () => {
    const [anna, ben] = await signUpWithSameHandle()
    const answers = await Promise.all([anna.confirms(), ben.confirms()])
    const winners = answers.filter(({ body }) => body.viewer?.handle === anna.handle)
    const others = answers.filter(({ body }) => body.handle_required === true)
    expect([winners.length, others.length]).toEqual([1, 1])
    expect(await db.sql('select from users where handle = $1', [anna.handle])).toHaveLength(1)
  })

  test('the second has a session and can choose another', async () => {
    const { late: ben } = await makeUserWithoutHandle()
    expect((await ben.get('/api/session')).body).toEqual({ viewer: null, handle_required: true })
    expectErrors(await ben.get('/api/activities/home'), 409, ['handle_required'])
    expectErrors(await ben.post('/api/activities', { message: 'hi', ttl: '1-hour' }), 409, ['handle_required'])
    expectStatus(await ben.get('/api/activities/everyone'), 200)

    const handle = `${ben.handle}_2`
    const chosen = expectStatus(await ben.put('/api/profile/handle', { handle: `@${handle.toUpperCase()}` }), 200)
    expect(chosen.body).toEqual({ viewer: { ...VIEWER, handle } })
    expectStatus(await ben.get('/api/activities/home'), 200)
    expect((await ben.onAnotherDevice().signsIn()).body.viewer.handle).toBe(handle)
  })

  test('the second can sign out everywhere before that', async () => {
    const { late: ben } = await makeUserWithoutHandle()
    const phone = ben.onAnotherDevice()
    await phone.signsIn()
    expectStatus(await ben.delete('/api/session/all'), 204)
    expect(ben.hasSession).toBe(false)
    phone.cookies.delete('__Host-access')
    expect((await phone.get('/api/session')).body).toEqual({ viewer: null })
  })

  test('the second is redirected to /welcome from every page but static ones', async () => {
    const { late: ben } = await makeUserWithoutHandle()
    const page = expectStatus(await ben.visits('/'), 302)
    expect(page.headers.get('location')).toBe('/welcome')
    for (const path of ['/welcome', '/signout', '/about']) expectStatus(await ben.visits(path), 200)
  })

  test('the second can choose another with the form', async () => {
    const { first, late: ben } = await makeUserWithoutHandle()
    const rejected = expectStatus(await ben.submits('/welcome', { handle: first.handle }), 422)
    expect(rejected.text).toContain(`value="${first.handle}"`)
    const suggestions = [...rejected.text.matchAll(new RegExp(`${first.handle.slice(0, 20)}\\w+`, 'g'))]
    expect(suggestions.length).toBeGreaterThanOrEqual(3)
    const taken = expectStatus(await ben.submits('/welcome', { handle: `${ben.handle}_2` }), 303)
    expect(taken.headers.get('location')).toBe('/')
    expectStatus(await ben.visits('/'), 200)
  })
})

describe('error', () => {
  test('a taken handle answers with three free suggestions', async () => {
    const { first, late: ben } = await makeUserWithoutHandle()
    const answer = await ben.put('/api/profile/handle', { handle: first.handle })
    expectErrors(answer, 422, [{ code: 'handle_taken', field: 'handle', suggestions: expect.any(Array) }])
    expect(new Set(answer.body.errors[0].suggestions).size).toBe(3)
  })

  test('of ten users who choose one handle at once one gets it', async () => {
    const handle = actors.unregistered().handle
    const people = await Promise.all(Array.from({ length: 10 }, async () => (await makeUserWithoutHandle()).late))
    const answers = await Promise.all(people.map((person) => person.put('/api/profile/handle', { handle })))
    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses).toEqual([200, ...Array(9).fill(422)])
    for (const answer of answers.filter(({ status }) => status === 422)) {
      expect(answer.body.errors).toEqual([{ code: 'handle_taken', field: 'handle', suggestions: expect.any(Array) }])
    }
    expect(await db.sql('select from users where handle = $1', [handle])).toHaveLength(1)
  })

  test.each([
    ['', 'handle_blank'],
    ['a b', 'handle_invalid'],
    ['x'.repeat(31), 'handle_invalid'],
  ] as const)('%j: %s', async (handle, code) => {
    const anna = await actors.join()
    expectErrors(await anna.put('/api/profile/handle', { handle }), 422, [{ code, field: 'handle' }])
  })

  test('a reserved handle answers handle_taken', async () => {
    const { late: ben } = await makeUserWithoutHandle()
    expectErrors(await ben.put('/api/profile/handle', { handle: 'settings' }), 422, [
      { code: 'handle_reserved', field: 'handle', suggestions: ['settings_', 'the_settings', 'settings_here'] },
    ])
  })
})

describe('security', () => {
  test('a handle cannot be changed', async () => {
    const anna = await actors.join()
    const answer = expectStatus(await anna.put('/api/profile/handle', { handle: `${anna.handle}_x` }), 200)
    expect(answer.body.viewer.handle).toBe(anna.handle)
  })

  test('signed out answers 401', async () => {
    expectErrors(await actors.visitor().put('/api/profile/handle', { handle: 'nobody_1' }), 401, ['unauthorized'])
  })
})
