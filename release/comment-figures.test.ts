import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import { type FakeApi, openFakeApi } from '../tests/harness/fake-api.ts'

const SCRIPT = join(import.meta.dirname, 'comment-figures.ts')

let github: FakeApi | undefined
afterEach(() => github?.close())

const run = (env: Record<string, string>) => promisify(execFile)(process.execPath, [SCRIPT], { env })

test('comments on the pull request with the figures and the commit', async () => {
  github = await openFakeApi(({ method }) => [200, method === 'GET' ? [] : {}])
  await run({
    GITHUB_API_URL: github.url,
    GITHUB_TOKEN: 'a-token',
    GITHUB_REPOSITORY: 'we/cruddur',
    PULL_REQUEST: '7',
    COMMIT: '0123456789abcdef',
    FIGURES: '| what | KB |',
  })
  const [, posted] = github.requests
  expect(posted).toMatchObject({ method: 'POST', path: '/repos/we/cruddur/issues/7/comments' })
  expect(JSON.parse(posted?.body ?? '')).toEqual({
    body: '<!-- figures -->\n**Sizes and round trips at 0123456789ab**\n\n| what | KB |',
  })
})

test('exits with 1 and prints neither token nor figures when GitHub refuses', async () => {
  github = await openFakeApi(() => [403, {}])
  const given = {
    GITHUB_TOKEN: 'a-token',
    GITHUB_REPOSITORY: 'we/cruddur',
    PULL_REQUEST: '7',
    COMMIT: 'c',
    FIGURES: 'f-1',
  }
  const failure = await run({ GITHUB_API_URL: github.url, ...given }).catch((error: unknown) => error)
  expect(failure).toMatchObject({ code: 1, stderr: expect.stringContaining('GitHub answered 403') })
  expect(JSON.stringify(failure)).not.toMatch(/a-token|f-1/)
})
