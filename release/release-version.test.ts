import { expect, test } from 'vitest'
import type { Deployment, Traffic } from './cloudflare.ts'
import { type ReleaseOptions, releaseVersion } from './release-version.ts'
import type { SmokeOptions } from './smoke/check.ts'
import type { Outcome } from './smoke/smoke.ts'

const VERSION_URL = 'https://new-cruddur.acme.workers.dev'
const ORIGIN = 'https://cruddur.example'
const failedSmokeTest: Outcome[] = [{ name: 'database', ms: 1, reason: 'answered 503' }]

/** Runs a release against a stand-in for Cloudflare, and records the calls in order. */
function release(
  overrides: Partial<ReleaseOptions['cloudflare']> = {},
  smoke: (options: SmokeOptions) => Outcome[] = () => [],
) {
  const calls: string[] = []
  const smokeTests: SmokeOptions[] = []
  const deployed: Traffic[] = [{ old: 100 }]
  const cloudflare: ReleaseOptions['cloudflare'] = {
    name: 'cruddur',
    deployments: async () =>
      deployed.map((traffic, index): Deployment => ({ createdAt: new Date(index), traffic })).reverse(),
    countRequests: async () => ({ requests: 10, failed: 0 }),
    upload: async ({ tag }) => {
      calls.push(`upload ${tag}`)
      return { version: 'new', url: VERSION_URL }
    },
    deploy: async (traffic) => {
      deployed.push(traffic)
      calls.push(`deploy ${JSON.stringify(traffic)}`)
    },
    applyTriggers: async () => {
      calls.push('triggers')
    },
    ...overrides,
  }
  const released = releaseVersion({
    cloudflare,
    smoke: async (options) => {
      smokeTests.push(options)
      return smoke(options)
    },
    log: () => {},
    origin: ORIGIN,
    account: { email: 'smoke@example.com', password: 'Cruddur-2026!' },
    commit: { tag: 'abc', message: 'A change' },
    onUpload: (version) => calls.push(`onUpload ${version}`),
    watchSeconds: 0.003,
    checkSeconds: 0.001,
  })
  return { released, calls, smokeTests }
}

test('uploads, smoke-tests the version at its own URL, shifts the traffic, then sets cron and routes', async () => {
  const { released, calls, smokeTests } = release()
  await released
  expect(calls).toEqual([
    'upload abc',
    'onUpload new',
    'deploy {"new":10,"old":90}',
    'deploy {"new":50,"old":50}',
    'deploy {"new":100}',
    'triggers',
  ])
  expect(smokeTests[0]).toMatchObject({ origin: VERSION_URL, version: 'new', account: { email: 'smoke@example.com' } })
  const duringSteps = smokeTests.slice(1)
  expect(duringSteps.length).toBeGreaterThan(3)
  for (const options of duringSteps) {
    expect(options).toEqual({
      origin: ORIGIN,
      version: 'new',
      headers: { 'cloudflare-workers-version-overrides': 'cruddur="new"' },
    })
  }
})

test('gives no traffic to a version that fails its smoke test', async () => {
  const { released, calls } = release({}, () => failedSmokeTest)
  await expect(released).rejects.toThrow('got no traffic.\n  database: answered 503')
  expect(calls).toEqual(['upload abc', 'onUpload new'])
})

test('uploads nothing if the logs cannot be read', async () => {
  const { released, calls } = release({ countRequests: () => Promise.reject(new Error('Cloudflare answered 403')) })
  await expect(released).rejects.toThrow('403')
  expect(calls).toEqual([])
})

test('rolls back if the version fails with traffic, and does not set cron and routes', async () => {
  const { released, calls } = release({}, ({ origin }) => (origin === ORIGIN ? failedSmokeTest : []))
  await expect(released).rejects.toThrow('Rolled back at 10 %: database: answered 503')
  expect(calls).toEqual(['upload abc', 'onUpload new', 'deploy {"new":10,"old":90}', 'deploy {"old":100}'])
})
