import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { openFakeApi, type RecordedRequest } from '../tests/harness/fake-api.ts'
import { openCloudflare } from './cloudflare.ts'

// Runs the real wrangler against a stand-in for Cloudflare's API.

const OLD = '11111111-1111-4111-8111-111111111111'
const NEW = '22222222-2222-4222-8222-222222222222'
const WORKER = '/accounts/acme/workers/scripts/small'

const answers: Record<string, unknown> = {
  [`GET ${WORKER}/deployments`]: {
    deployments: [
      { created_on: '2026-11-02T00:00:00Z', ...split({ [OLD]: 100 }) },
      { created_on: '2026-11-01T00:00:00Z', ...split({ [NEW]: 100 }) },
    ],
  },
  [`POST ${WORKER}/deployments`]: { id: 'd' },
  [`POST ${WORKER}/versions`]: { id: NEW, startup_time_ms: 5, metadata: { has_preview: true } },
  [`GET ${WORKER}/versions/${OLD}`]: view(OLD),
  [`GET ${WORKER}/versions/${NEW}`]: view(NEW),
  'GET /accounts/acme/workers/services/small': {
    default_environment: { script: { tag: 't', last_deployed_from: 'wrangler' } },
  },
  'GET /accounts/acme/workers/workers/small': {
    subdomain: { enabled: false, previews_enabled: true, preview_url_suffix: '-small.acme.workers.dev' },
  },
  'GET /accounts/acme/workers/workers/small/previews/pr-7': { id: 'p', name: 'pr-7', urls: ['https://pr-7.example'] },
  'PATCH /accounts/acme/workers/workers/small/previews/p': { id: 'p', name: 'pr-7', urls: ['https://pr-7.example'] },
}

function split(traffic: Record<string, number>) {
  const versions = Object.entries(traffic).map(([version_id, percentage]) => ({ version_id, percentage }))
  return {
    id: 'd',
    source: 'wrangler',
    author_email: 'a@example.com',
    strategy: 'percentage',
    annotations: {},
    versions,
  }
}

function view(id: string) {
  const metadata = { created_on: '2026-11-01T00:00:00Z', source: 'wrangler', author_email: 'a@example.com' }
  const resources = { script: {}, bindings: [], script_runtime: {} }
  return {
    id,
    number: 1,
    metadata,
    annotations: { 'workers/tag': `tag-of-${id.slice(0, 2)}`, 'workers/triggered_by': 'upload' },
    resources,
  }
}

let telemetry: [number, unknown] = [200, { success: true, result: {} }]
const answer = ({ method, path }: RecordedRequest): [number, unknown] =>
  path.endsWith('/telemetry/query')
    ? telemetry
    : [200, { success: true, errors: [], messages: [], result: answers[`${method} ${path}`] ?? {} }]

const api = await openFakeApi(answer)
const folder = await mkdtemp(join(tmpdir(), 'cruddur-worker-'))
const config = join(folder, 'wrangler.toml')
await writeFile(join(folder, 'worker.js'), 'export default { fetch: () => new Response("hello") }')
await writeFile(
  config,
  'name = "small"\nmain = "worker.js"\ncompatibility_date = "2026-11-02"\nworkers_dev = false\npreview_urls = true\n[previews]\n',
)
const env = {
  ...process.env,
  CLOUDFLARE_API_BASE_URL: api.url,
  CLOUDFLARE_API_TOKEN: 'a-token',
  CLOUDFLARE_ACCOUNT_ID: 'acme',
}
const cloudflare = openCloudflare({ config, env })

beforeEach(() => {
  api.requests.length = 0
})
afterAll(async () => {
  await api.close()
  await rm(folder, { recursive: true })
})

const sent = (method: string, path: string) =>
  api.requests.filter((request) => request.method === method && request.path === path).map(({ body }) => body)

test.each(['CLOUDFLARE_ACCOUNT_ID', 'CLOUDFLARE_API_TOKEN'])('throws if %s is not set', (name) => {
  expect(() => openCloudflare({ config, env: { ...env, [name]: '' } })).toThrow(`${name} is not set`)
})

test('lists deployments, newest first', async () => {
  expect(await cloudflare.deployments()).toEqual([
    { createdAt: new Date('2026-11-02'), traffic: { [OLD]: 100 } },
    { createdAt: new Date('2026-11-01'), traffic: { [NEW]: 100 } },
  ])
})

test('uploads a version tagged with its commit, and returns its URL', async () => {
  const uploaded = await cloudflare.upload({ tag: 'abc', message: 'A change' })
  expect(uploaded).toEqual({ version: NEW, url: 'https://22222222-small.acme.workers.dev' })
  const [form] = sent('POST', `${WORKER}/versions`)
  expect(form).toContain('"workers/tag":"abc"')
  expect(sent('POST', `${WORKER}/deployments`)).toEqual([])
})

test('splits the traffic between two versions, and returns the commit of one', async () => {
  await cloudflare.deploy({ [NEW]: 10, [OLD]: 90 }, 'release: 10 %')
  const [body = ''] = sent('POST', `${WORKER}/deployments`)
  expect(JSON.parse(body)).toMatchObject({
    strategy: 'percentage',
    versions: [
      { version_id: NEW, percentage: 10 },
      { version_id: OLD, percentage: 90 },
    ],
    annotations: { 'workers/message': 'release: 10 %' },
  })
  expect(await cloudflare.originOf(OLD)).toEqual({ tag: 'tag-of-11', trigger: 'upload' })
})

test('creates a preview with its own secrets', async () => {
  const secrets = join(folder, 'secrets.json')
  await writeFile(secrets, JSON.stringify({ DATABASE_URL: 'postgres://of-a-branch' }))
  expect(await cloudflare.preview('pr-7', secrets)).toBe('https://pr-7.example')
  const [form] = sent('POST', '/accounts/acme/workers/workers/small/previews/p/deployments')
  expect(form).toContain('postgres://of-a-branch')
})

test('counts the requests and failures of a version', async () => {
  const aggregate = (status: number, count: number) => ({ count, groups: [{ key: 'status', value: status }] })
  telemetry = [200, counted([aggregate(200, 90), aggregate(404, 5), aggregate(500, 3), aggregate(503, 2)])]
  expect(await cloudflare.countRequests(NEW, new Date(0))).toEqual({ requests: 100, failed: 5 })
  const [request] = api.requests
  expect(request?.headers.authorization).toBe('Bearer a-token')
  expect(JSON.parse(request?.body ?? '').parameters.filters).toContainEqual({
    key: '$workers.scriptVersion.id',
    operation: 'eq',
    type: 'string',
    value: NEW,
  })
  telemetry = [200, counted([])]
  expect(await cloudflare.countRequests(NEW, new Date(0))).toEqual({ requests: 0, failed: 0 })
})

test('throws without the token if the logs may not be read', async () => {
  telemetry = [403, { success: false }]
  await expect(cloudflare.countRequests(NEW, new Date(0))).rejects.toThrow(
    /^Cloudflare answered 403 to POST \/workers\/observability\/telemetry\/query$/,
  )
})

function counted(aggregates: unknown[]) {
  return { success: true, result: { calculations: [{ calculation: 'count', aggregates }] } }
}
