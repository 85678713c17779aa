import { afterEach, describe, expect, test } from 'vitest'
import { type FakeApi, openFakeApi, type RecordedRequest } from '../tests/harness/fake-api.ts'
import { jsonApi } from './json-api.ts'
import { openNeon } from './neon.ts'
import { upsertComment } from './pull-request.ts'

let standIn: FakeApi | undefined
afterEach(() => standIn?.close())

async function open(answer: (request: RecordedRequest) => [number, unknown]) {
  standIn = await openFakeApi(answer)
  return { api: jsonApi('It', standIn.url, 'a-token'), requests: standIn.requests }
}

const calls = (requests: RecordedRequest[]) => requests.map(({ method, path }) => `${method} ${path}`)

describe('a Neon branch', () => {
  type Branch = { id: string; name: string; expires_at?: string }

  /**
   * Opens a stand-in for Neon's API (https://api-docs.neon.tech). `busy`: number of refused changes. `deleting`: how often a
   * deleted branch is still listed. `making`, `starting`: number of requests until a branch and its compute are ready.
   */
  async function openProject({ busy = 0, deleting = 0, making = 0, starting = 0 } = {}) {
    const branches: Branch[] = [{ id: 'br-base', name: 'main' }]
    const remove = (branch: Branch) => branches.splice(branches.indexOf(branch), 1)
    let deleted: Branch | undefined
    const { api, requests } = await open(({ method, path, query, body }) => {
      if (method !== 'GET' && busy-- > 0) return [423, {}]
      const branch = branches.find(({ id }) => path.endsWith(`/${id}`))
      if (method === 'GET' && branch) {
        return [200, { branch: { ...branch, current_state: making-- > 0 ? 'init' : 'ready' } }]
      }
      if (path.endsWith('/endpoints')) {
        return [200, { endpoints: making > 0 ? [] : [{ current_state: starting-- > 0 ? 'init' : 'active' }] }]
      }
      if (path === '/projects/p/branches' && method === 'POST') {
        const { branch: added } = JSON.parse(body)
        if (branches.some(({ name }) => name === added.name)) return [409, {}]
        branches.push({ id: `br-${added.name}`, ...added })
        return [201, { branch: { id: `br-${added.name}` } }]
      }
      if (method === 'PATCH' && branch) return [200, { branch: Object.assign(branch, JSON.parse(body).branch) }]
      if (method === 'DELETE' && branch) {
        deleted = branch
        if (deleting === 0) remove(branch)
        return [200, {}]
      }
      if (path === '/projects/p/branches') {
        const found = branches.filter(({ name }) => name.includes(query.get('search') ?? ''))
        if (deleted && --deleting === 0) remove(deleted)
        return [200, { branches: found }]
      }
      if (path.endsWith('/databases')) return [200, { databases: [{ name: 'cruddur', owner_name: 'owner' }] }]
      const pooler = query.get('pooled') === 'true' ? '-pooler' : ''
      return [200, { uri: `postgres://${query.get('role_name')}@${query.get('branch_id')}${pooler}/cruddur` }]
    })
    return { neon: openNeon(api, 'p', 1), requests, branches }
  }

  test('is created once, with a compute', async () => {
    const { neon, requests, branches } = await openProject()
    const branch = { direct: 'postgres://owner@br-pr-7/cruddur', pooled: 'postgres://owner@br-pr-7-pooler/cruddur' }
    expect(await neon.ensure('pr-7')).toEqual(branch)
    expect(await neon.ensure('pr-7')).toEqual(branch)
    const created = requests.filter(({ method }) => method === 'POST').map(({ body }) => JSON.parse(body))
    expect(created).toEqual([
      { branch: { name: 'pr-7', expires_at: expect.any(String) }, endpoints: [{ type: 'read_write' }] },
    ])
    expect(branches).toHaveLength(2)
  })

  test('is returned only after it and its compute are ready', async () => {
    const { neon, requests } = await openProject({ making: 3, starting: 2 })
    expect(await neon.ensure('pr-7')).toMatchObject({ direct: 'postgres://owner@br-pr-7/cruddur' })
    const paths = requests.map(({ path }) => path.replace('/projects/p', ''))
    expect(paths.filter((path) => path === '/branches/br-pr-7').length).toBeGreaterThanOrEqual(5)
    expect(paths.lastIndexOf('/branches/br-pr-7/endpoints')).toBeLessThan(paths.indexOf('/connection_uri'))
  })

  test('throws if it does not become ready', async () => {
    const { neon } = await openProject({ starting: 1000 })
    await expect(neon.ensure('pr-7')).rejects.toThrow('Neon has not made the branch and its compute ready in time')
  })

  test('expires a month after the last request for it', async () => {
    const { neon, branches } = await openProject()
    const days = () => (Date.parse(branches[1]?.expires_at ?? '') - Date.now()) / 86_400_000
    await neon.ensure('pr-7')
    expect(days()).toBeCloseTo(29, 2)
    Object.assign(branches[1] ?? {}, { expires_at: new Date().toISOString() })
    await neon.ensure('pr-7')
    expect(days()).toBeCloseTo(29, 2)
  })

  test('is created again after the old one was deleted', async () => {
    const { neon, requests, branches } = await openProject({ deleting: 2 })
    await neon.ensure('pr-7')
    expect(await neon.recreate('pr-7')).toMatchObject({ direct: 'postgres://owner@br-pr-7/cruddur' })
    expect(branches.map(({ name }) => name)).toEqual(['main', 'pr-7'])
    expect(requests.filter(({ method }) => method !== 'GET').map(({ method }) => method)).toEqual([
      'POST',
      'DELETE',
      'POST',
    ])
  })

  test('retries while Neon is busy', async () => {
    const { neon, requests, branches } = await openProject({ busy: 2 })
    await neon.ensure('pr-7')
    expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(3)
    expect(branches).toHaveLength(2)
  })

  test('is deleted, but not another with a similar name', async () => {
    const { neon, branches } = await openProject()
    await neon.ensure('pr-71')
    await neon.drop('pr-7')
    expect(branches.map(({ name }) => name)).toEqual(['main', 'pr-71'])
    await neon.drop('pr-71')
    await neon.drop('pr-71')
    expect(branches.map(({ name }) => name)).toEqual(['main'])
  })

  test('throws without token and host if Neon refuses', async () => {
    const { api } = await open(() => [401, {}])
    const refused = openNeon(api, 'p').ensure('pr-7')
    await expect(refused).rejects.toThrow(/^It answered 401 to GET \/projects\/p\/branches$/)
  })
})

describe('the comment of a pull request', () => {
  test('is created once, and then updated', async () => {
    const comments: { id: number; body: string }[] = [{ id: 1, body: 'Nice.' }]
    const { api, requests } = await open(({ method, path, body }) => {
      const text = body ? JSON.parse(body).body : ''
      if (method === 'POST') comments.push({ id: 2, body: text })
      const known = comments.find(({ id }) => path.endsWith(`/comments/${id}`))
      if (known) known.body = text
      return [200, comments]
    })
    await upsertComment(api, { repository: 'we/cruddur', number: 7 }, 'preview', 'first')
    await upsertComment(api, { repository: 'we/cruddur', number: 7 }, 'preview', 'second')
    expect(comments.map(({ body }) => body)).toEqual(['Nice.', expect.stringMatching(/second$/)])
    expect(calls(requests)).toEqual([
      'GET /repos/we/cruddur/issues/7/comments',
      'POST /repos/we/cruddur/issues/7/comments',
      'GET /repos/we/cruddur/issues/7/comments',
      'PATCH /repos/we/cruddur/issues/comments/2',
    ])
    expect(requests[0]?.headers.authorization).toBe('Bearer a-token')
  })

  test('is found on a later page', async () => {
    // Those of another marker are not ours to update.
    const many = Array.from({ length: 100 }, (_, id) => ({ id, body: '<!-- figures -->\nNice.' }))
    const { api, requests } = await open(({ query }) => [
      200,
      query.get('page') === '1' ? many : [{ id: 900, body: '<!-- preview -->\nold' }],
    ])
    await upsertComment(api, { repository: 'we/cruddur', number: 7 }, 'preview', 'new')
    expect(calls(requests).at(-1)).toBe('PATCH /repos/we/cruddur/issues/comments/900')
  })
})
