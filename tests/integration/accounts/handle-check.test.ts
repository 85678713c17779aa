import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const { actors } = await openSite()
const check = (handle: string, who = actors.visitor()) =>
  who.get(`/api/session/sign-up/handle?handle=${encodeURIComponent(handle)}`)

describe('happy', () => {
  test('a free handle comes back as it would be stored', async () => {
    const { handle } = actors.unregistered()
    const answer = expectStatus(await check(` @${handle.toUpperCase()}`), 200)
    expect(answer.body).toEqual({ handle })
    expect(answer.headers.get('cache-control')).toMatch(/no-store/)
  })

  test('one that somebody signs up for is free until they confirm', async () => {
    const anna = actors.unregistered()
    await anna.signsUp()
    expectStatus(await check(anna.handle), 200)
    await anna.confirms()
    expectErrors(await check(anna.handle), 422, [
      { code: 'handle_taken', field: 'handle', suggestions: expect.any(Array) },
    ])
  })
})

describe('error', () => {
  test('a handle that somebody has: three that are free', async () => {
    const anna = await actors.join()
    const { errors } = expectStatus(await check(anna.handle), 422).body
    expect(errors).toEqual([{ code: 'handle_taken', field: 'handle', suggestions: expect.any(Array) }])
    expect(new Set(errors[0].suggestions).size).toBe(3)
    for (const handle of errors[0].suggestions) expectStatus(await check(handle), 200)
  })

  test.each(['admin', 'settings', 'cruddur_team', 'adm1n', 'MEDIA'])('%s is reserved', async (handle) => {
    const { errors } = expectStatus(await check(handle), 422).body
    expect(errors).toEqual([{ code: 'handle_reserved', field: 'handle', suggestions: expect.any(Array) }])
    expect(errors[0].suggestions.length).toBeLessThanOrEqual(3)
    for (const suggestion of errors[0].suggestions) expectStatus(await check(suggestion), 200)
  })

  test.each([
    ['', 'handle_blank'],
    ['@', 'handle_blank'],
    ['a b', 'handle_invalid'],
    ['ž', 'handle_invalid'],
    ['x'.repeat(31), 'handle_invalid'],
    ["'; drop table users; --", 'handle_invalid'],
  ] as const)('%j: %s', async (handle, code) => {
    expectErrors(await check(handle), 422, [{ code, field: 'handle' }])
  })

  test('without a handle', async () => {
    const answer = await actors.visitor().get('/api/session/sign-up/handle')
    expectErrors(answer, 422, [{ code: 'handle_blank', field: 'handle' }])
  })
})

describe('security', () => {
  test('the handle of a deleted account is taken, and nothing tells it from one that somebody has', async () => {
    const [anna, ben] = await Promise.all([actors.join('anna'), actors.join('ben')])
    expectStatus(await anna.deletesAccount(), 204)
    const [deleted, taken] = [await check(anna.handle), await check(ben.handle)]
    const shapeOf = ({ status, body }: typeof taken) => ({
      status,
      errors: body.errors.map((error: { suggestions: string[] }) => ({
        ...error,
        suggestions: error.suggestions.length,
      })),
    })
    expect(shapeOf(deleted)).toEqual(shapeOf(taken))
  })

  test('whether an email has an account is not told', async () => {
    const anna = await actors.join()
    const { handle } = actors.unregistered()
    for (const email of [anna.email, 'nobody@example.com']) {
      const answer = await actors.visitor().get(`/api/session/sign-up/handle?handle=${handle}&email=${email}`)
      expect(expectStatus(answer, 200).body).toEqual({ handle })
    }
  })
})
