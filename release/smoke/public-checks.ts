import { createHash } from 'node:crypto'
import type { Client } from '../../tests/harness/client.ts'
import { type Check, request, type SmokeOptions } from './check.ts'
import { expectHeader, expectNoHeader, expectStatus, expectText, fail } from './expect.ts'

/** A page without activities, so that its cache entry has the full TTL. */
const LASTING_PAGE = '/about'
const LIST = '/api/activities/everyone'

/** Checks without an account. */
export const PUBLIC_CHECKS: Check[] = [
  { name: 'health', run: checkHealth },
  { name: 'database', run: checkDatabase },
  { name: 'home page', run: checkHome },
  { name: 'no script when signed out', run: checkNoScript },
  { name: 'policy and headers of a page', run: checkPolicy },
  { name: 'inline style of a page', run: checkStyle },
  { name: 'pages cached only by the edge', run: checkHtmlCaching },
  { name: 'missing asset', run: checkMissingAsset },
  { name: 'JSON with ETag', run: checkEtag },
  { name: 'unknown URLs', run: checkNotFound },
]

async function checkHealth(client: Client, { version }: SmokeOptions): Promise<void> {
  const response = await request(client, '/api/health-check')
  expectStatus(response, 200)
  const { body } = response.answer
  if (body?.success !== true || !body.version) fail('/api/health-check has no version')
  if (version !== undefined && body.version !== version) fail(`version ${body.version} answered instead of ${version}`)
}

async function checkDatabase(client: Client): Promise<void> {
  expectStatus(await request(client, '/api/health-check?deep=1'), 200)
}

async function checkHome(client: Client): Promise<void> {
  const response = await request(client, '/')
  expectStatus(response, 200)
  expectHeader(response, 'content-type', /^text\/html/)
  expectText(response, /<title>[^<]*Cruddur/, 'title')
}

async function checkNoScript(client: Client): Promise<void> {
  for (const path of ['/', LASTING_PAGE]) {
    const { answer } = await request(client, path)
    if (/<script|rel="modulepreload"/i.test(answer.text)) fail(`${path} has a script`)
  }
}

async function checkPolicy(client: Client): Promise<void> {
  const response = await request(client, '/')
  for (const part of ["default-src 'none'", "script-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
    expectHeader(response, 'content-security-policy', new RegExp(`(^|; )${part}(;|$)`))
  }
  expectHeader(response, 'x-content-type-options', /^nosniff$/)
  expectHeader(response, 'x-frame-options', /^DENY$/)
  expectHeader(response, 'referrer-policy', /^strict-origin-when-cross-origin$/)
  // Over http, which only local sites use, browsers ignore it.
  if (client.origin.startsWith('https:')) expectHeader(response, 'strict-transport-security', /max-age=\d{8}/)
}

/** Checks the hash of the inline style sheet: browsers ignore a sheet whose hash is not in the policy. */
async function checkStyle(client: Client): Promise<void> {
  const response = await request(client, LASTING_PAGE)
  const css = expectText(response, /<style>(.+?)<\/style>/s, 'inline style')
  const hash = createHash('sha256').update(css).digest('base64').replaceAll('+', '\\+')
  expectHeader(response, 'content-security-policy', new RegExp(`; style-src [^;]*'sha256-${hash}'`))
}

async function checkHtmlCaching(client: Client, { uncached = false }: SmokeOptions): Promise<void> {
  const response = await request(client, LASTING_PAGE)
  expectHeader(response, 'cache-control', /^no-store$/)
  expectNoHeader(response, 'etag', /./)
  if (!uncached) expectHeader(response, 'cdn-cache-control', /^max-age=(\d|1[0-5])$/)
}

async function checkMissingAsset(client: Client): Promise<void> {
  const response = await request(client, '/assets/missing-00000000.js')
  expectStatus(response, 404)
  expectNoHeader(response, 'cache-control', /immutable|max-age=[1-9]/)
}

async function checkEtag(client: Client): Promise<void> {
  const first = await request(client, LIST)
  expectStatus(first, 200)
  expectHeader(first, 'content-type', /^application\/json/)
  expectHeader(first, 'etag', /./)
  const etag = first.answer.headers.get('etag') ?? ''
  const again = await request(client, LIST, { 'if-none-match': etag })
  // The feed may have changed between the two requests.
  const isSame = again.answer.headers.get('etag') === etag
  if (again.answer.status !== 304 && isSame) fail(`${LIST} ignored If-None-Match`)
}

async function checkNotFound(client: Client): Promise<void> {
  const page = await request(client, '/no-such-page')
  expectStatus(page, 404)
  expectHeader(page, 'content-type', /^text\/html/)
  const api = await request(client, '/api/no-such-route')
  expectStatus(api, 404)
  if (api.answer.body?.errors?.[0]?.code !== 'not_found') fail('/api/no-such-route has no error code')
}
