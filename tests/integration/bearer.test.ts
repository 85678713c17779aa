import { beforeAll, describe, expect, inject, test } from 'vitest'
import { expectErrors, expectStatus } from '../harness/expect.ts'
import { openSite } from '../harness/site.ts'
import { forgeTokens } from '../harness/tokens.ts'
import { apiClient, type Person } from '../story.ts'

const site = await openSite()
const { story } = site
const crud = { message: 'by script', ttl: '1-hour' }

let anna: Person
beforeAll(async () => {
  anna = await story.join()
})

describe('happy', () => {
  test('an access token creates a crud, from anywhere', async () => {
    const answer = expectStatus(await anna.asApiClient().post('/api/activities', crud), 201)
    expect(answer.body.user.handle).toBe(anna.handle)
    expect(answer.headers.getSetCookie()).toEqual([])
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
  })

  test('the name of the scheme is the same in any case', async () => {
    const client = story.visitor()
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
      const headers = { authorization: `${scheme} ${anna.accessToken}` }
      expectStatus(await client.get('/api/activities/home', headers), 200)
    }
  })

  test('it goes before the cookies', async () => {
    const ben = await story.join('ben')
    const answer = await ben.get('/api/session', { authorization: `Bearer ${anna.accessToken}` })
    expect(answer.body.viewer.handle).toBe(anna.handle)
  })
})

describe('security', () => {
  test('every forged token is refused, where one is needed and where not', async () => {
    const forged = await forgeTokens({ ...site.cognito, keys: inject('pool').keys }, anna.accessToken)
    for (const [name, token] of Object.entries(forged)) {
      const client = apiClient(site.origin, token)
      for (const path of ['/api/activities/home', '/api/activities/everyone', '/api/session']) {
        const answer = await client.get(path)
        expect(answer.status, `${name} on ${path}: ${answer.text}`).toBe(401)
        expectErrors(answer, 401, ['unauthorized'])
        expect(answer.headers.get('www-authenticate')).toBe('Bearer')
      }
      expect((await client.post('/api/activities', crud)).status, name).toBe(401)
    }
  })

  test('every forged cookie is signed out where nobody is needed, 401 where somebody is', async () => {
    const forged = await forgeTokens({ ...site.cognito, keys: inject('pool').keys }, anna.accessToken)
    for (const [name, token] of Object.entries(forged)) {
      const visitor = story.visitor()
      visitor.cookies.set('__Host-access', token)
      const page = await visitor.visits('/')
      expect(page.status, `${name}: ${page.text}`).toBe(200)
      expect(page.text, name).not.toContain('<script')
      expect(visitor.cookies.size, `${name} is cleared`).toBe(0)
      visitor.cookies.set('__Host-access', token)
      expect((await visitor.get('/api/activities/home')).status, name).toBe(401)
    }
  })

  test.each([
    ['another scheme', (token: string) => `Basic ${token}`],
    ['no scheme', (token: string) => token],
    ['a scheme alone', () => 'Bearer'],
    ['two tokens', (token: string) => `Bearer ${token} ${token}`],
    ['a tab between', (token: string) => `Bearer\t${token}`],
  ])('%s: 401', async (_, header) => {
    const answer = await story.visitor().get('/api/activities/everyone', { authorization: header(anna.accessToken) })
    expectErrors(answer, 401, ['unauthorized'])
  })

  test('an unsafe request with a bad Bearer is 401 and not looked at further', async () => {
    const client = apiClient(site.origin, 'nonsense')
    expectErrors(await client.post('/api/activities', {}), 401, ['unauthorized'])
  })

  test('unknown kids ask for new keys once a while, not each time', async () => {
    const before = site.identity.count()
    const forged = await forgeTokens({ ...site.cognito, keys: inject('pool').keys }, anna.accessToken)
    const token = forged['a key of one’s own under a kid of one’s own'] ?? ''
    for (let times = 0; times < 10; times += 1) await apiClient(site.origin, token).get('/api/activities/home')
    expect(site.identity.count() - before).toBeLessThanOrEqual(1)
  })
})
