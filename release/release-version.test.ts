import { expect, test } from 'vitest'
import type { Deployment, Traffic } from './cloudflare.ts'
import { type ReleaseOptions, releaseVersion } from './release-version.ts'
import type { SmokeOptions } from './smoke/check.ts'
import type { Outcome } from './smoke/smoke.ts'

const ADDRESS = 'https://new-cruddur.acme.workers.dev'
const ORIGIN = 'https://cruddur.example'
const bad: Outcome[] = [{ name: 'database', ms: 1, reason: 'answered 503' }]

/** Runs a release against a stand-in for Cloudflare, and records the calls in order. */
function release(
  changes: Partial<ReleaseOptions['cloudflare']> = {},
  smoke: (options: SmokeOptions) => Outcome[] = () => [],
) {
  const done: string[] = []
  const tried: SmokeOptions[] = []
  const deployed: Traffic[] = [{ old: 100 }]
  const cloudflare: ReleaseOptions['cloudflare'] = {
    name: 'cruddur',
    deployments: async () => deployed.map((traffic, at): Deployment => ({ at: new Date(at), traffic })).reverse(),
    answers: async () => ({ requests: 10, failed: 0 }),
    upload: async ({ tag }) => {
      done.push(`upload ${tag}`)
      return { version: 'new', address: ADDRESS }
    },
    deploy: async (traffic) => {
      deployed.push(traffic)
      done.push(`deploy ${JSON.stringify(traffic)}`)
    },
    applyTriggers: async () => {
      done.push('triggers')
    },
    ...changes,
  }
  const released = releaseVersion({
    cloudflare,
    smoke: async (options) => {
      tried.push(options)
      return smoke(options)
    },
    log: () => {},
    origin: ORIGIN,
    account: { email: 'smoke@example.com', password: 'Cruddur-2026!' },
    commit: { tag: 'abc', message: 'A change' },
    onUpload: (version) => done.push(`told ${version}`),
    seconds: 0.003,
    every: 0.001,
  })
  return { released, done, tried }
}

test('uploads, smoke-tests the version at its own URL, shifts the traffic, then sets cron and routes', async () => {
  const { released, done, tried } = release()
  await released
  expect(done).toEqual([
    'upload abc',
    'told new',
    'deploy {"new":10,"old":90}',
    'deploy {"new":50,"old":50}',
    'deploy {"new":100}',
    'triggers',
  ])
  expect(tried[0]).toMatchObject({ origin: ADDRESS, version: 'new', account: { email: 'smoke@example.com' } })
  const later = tried.slice(1)
  expect(later.length).toBeGreaterThan(3)
  for (const options of later) {
    expect(options).toEqual({
      origin: ORIGIN,
      version: 'new',
      headers: { 'cloudflare-workers-version-overrides': 'cruddur="new"' },
    })
  }
})

test('gives no traffic to a version that fails its smoke test', async () => {
  const { released, done } = release({}, () => bad)
  await expect(released).rejects.toThrow('got no traffic.\n  database: answered 503')
  expect(done).toEqual(['upload abc', 'told new'])
})

test('uploads nothing if the logs cannot be read', async () => {
  const { released, done } = release({ answers: () => Promise.reject(new Error('Cloudflare answered 403')) })
  await expect(released).rejects.toThrow('403')
  expect(done).toEqual([])
})

test('rolls back if the version fails with traffic, and does not set cron and routes', async () => {
  const { released, done } = release({}, ({ origin }) => (origin === ORIGIN ? bad : []))
  await expect(released).rejects.toThrow('Rolled back at 10 %: database: answered 503')
  expect(done).toEqual(['upload abc', 'told new', 'deploy {"new":10,"old":90}', 'deploy {"old":100}'])
})
