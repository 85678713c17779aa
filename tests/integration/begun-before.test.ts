import { describe, expect, test } from 'vitest'
import { expectErrors, expectStatus } from '../harness/expect.ts'
import { openSite } from '../harness/site.ts'
import { at } from '../networks.ts'
import { PASSWORD } from '../story.ts'

const site = await openSite()
const { story } = site

describe('an address that somebody else has signed up before', () => {
  test('its owner gets in by a password of their own, and the other is out', async () => {
    const other = story.meets('other')
    await other.signsUp()
    const owner = story.visitor()
    const { details } = story.meets('owner')
    const mine = { ...details, email: other.email, password: 'Mine-2026!' }
    const begun = expectStatus(await owner.post('/api/session/sign-up', mine), 201).body
    expect(begun).toEqual({ email: other.email, begun_before: true })

    const confirmed = { email: other.email, code: other.code, begun_before: true }
    expect(expectStatus(await owner.post('/api/session/confirm', confirmed), 200).body).toEqual({ viewer: null })
    expect(owner.hasSession).toBe(false)

    const reset = { email: other.email, code: other.code, password: 'Mine-2026!' }
    expectStatus(await owner.post('/api/session/recover/confirm', reset), 204)
    expectStatus(await owner.post('/api/session', { email: other.email, password: 'Mine-2026!' }), 200)
    expectErrors(await story.visitor().post('/api/session', { email: other.email, password: PASSWORD }), 401, [
      'credentials_wrong',
    ])
  })

  test('their code for it is good, whoever has tried codes before', async () => {
    const other = story.meets('other')
    await other.signsUp()
    const [owner, stranger] = [story.visitor(), at(story.visitor())]
    const guess = { email: other.email, code: '000000', password: 'Mine-2026!' }
    for (let i = 0; i < 5; i += 1) expectStatus(await stranger.post('/api/session/recover/confirm', guess), 422)
    expectErrors(await stranger.post('/api/session/recover/confirm', guess), 429, ['code_used_up'])
    const confirmed = { email: other.email, code: other.code, begun_before: true }
    expectStatus(await owner.post('/api/session/confirm', confirmed), 200)
    expectStatus(await owner.post('/api/session/recover/confirm', { ...guess, code: other.code }), 204)
  })

  test('the form leads from the code to a new password', async () => {
    const other = story.meets('other')
    await other.signsUp()
    const owner = story.visitor()
    const { details } = story.meets('owner')
    const joined = await owner.submits('/signup', { ...details, email: other.email })
    expect(joined.headers.get('location')).toContain('begun_before=1')
    const fields = { email: other.email, code: other.code, begun_before: '1' }
    const confirmed = await owner.submits('/confirm', fields)
    expect(confirmed.headers.get('location')).toContain('/forgot?')
    const page = await owner.visits(confirmed.headers.get('location') ?? '')
    expect(page.text).toContain('signed up before')
  })
})
