import { describe, expect, test } from 'vitest'
import type { RequestCounts } from './cloudflare.ts'
import { rollbackReason, watchWith } from './health-watch.ts'
import type { Outcome } from './smoke/smoke.ts'

const step = { version: 'new', previous: 'old', percent: 10 }
const never = new AbortController().signal
const good = { requests: 100, failed: 0 }
const fine = async () => [{ name: 'health', ms: 1 }]
const bad = [{ name: 'health', ms: 1, reason: 'answered 500' }]

/** Watches with four checks, without waiting. */
function watch(
  countRequests: (version: string) => Promise<RequestCounts>,
  smoke: (version: string) => Promise<Outcome[]> = fine,
) {
  const lines: string[] = []
  const watching = {
    cloudflare: { countRequests },
    smoke,
    log: (line: string) => lines.push(line),
    watchSeconds: 0.004,
    checkSeconds: 0.001,
  }
  return { verdict: watchWith(watching)(step, never), lines }
}

describe('watchWith', () => {
  test('returns null if the version works and fails no more often than the old one', async () => {
    const { verdict, lines } = watch(async () => good)
    expect(await verdict).toBeNull()
    expect(lines[0]).toBe('  10 %: 0 of 100 requests failed (0.0 %); before 0 of 100 requests failed (0.0 %)')
  })

  test('returns a reason if more of its requests fail', async () => {
    const { verdict } = watch(async (version) => (version === 'new' ? { requests: 100, failed: 9 } : good))
    expect(await verdict).toBe('9 of 100 requests failed (9.0 %)')
  })

  test('returns a reason if the smoke test fails twice in a row, but not once', async () => {
    expect(
      await watch(
        async () => good,
        async () => bad,
      ).verdict,
    ).toBe('health: answered 500')
    let runs = 0
    const failsOnce = async () => (runs++ === 1 ? bad : [])
    expect(await watch(async () => good, failsOnce).verdict).toBeNull()
    expect(runs).toBe(4)
  })

  test('returns a reason if the logs cannot be read', async () => {
    expect(await watch(() => Promise.reject(new Error('403'))).verdict).toMatch('cannot be read')
  })

  test('checks nothing after the release was cancelled', async () => {
    const cancelling = new AbortController()
    const tested: string[] = []
    const verdict = watchWith({
      cloudflare: { countRequests: async () => good },
      smoke: async (version) => {
        tested.push(version)
        return []
      },
      log: () => {},
      watchSeconds: 600,
      checkSeconds: 600,
    })(step, cancelling.signal)
    cancelling.abort()
    expect(await verdict).toBeNull()
    expect(tested).toEqual([])
  })

  test.each<[string, Partial<Parameters<typeof watchWith>[0]>]>([
    ['the version', { smoke: () => new Promise(() => {}) }],
    ['the logs', { cloudflare: { countRequests: () => new Promise(() => {}) } }],
  ])('returns at once if the release is cancelled while %s is checked', async (_, overrides) => {
    const cancelling = new AbortController()
    const watching = {
      cloudflare: { countRequests: async () => good },
      smoke: fine,
      log: () => {},
      watchSeconds: 600,
      checkSeconds: 0.001,
    }
    const verdict = watchWith({ ...watching, ...overrides })(step, cancelling.signal)
    setTimeout(() => cancelling.abort(), 20)
    expect(await verdict).toBeNull()
  })

  test('smoke-tests the new version', async () => {
    const tested = new Set<string>()
    await watch(
      async () => good,
      async (version) => {
        tested.add(version)
        return []
      },
    ).verdict
    expect([...tested]).toEqual(['new'])
  })

  test('returns at once if the release was cancelled before', async () => {
    const watching = {
      cloudflare: { countRequests: async () => good },
      smoke: fine,
      log: () => {},
      watchSeconds: 600,
      checkSeconds: 300,
    }
    expect(await watchWith(watching)(step, AbortSignal.abort())).toBeNull()
  })
})

test.each<[RequestCounts, RequestCounts, boolean]>([
  [{ requests: 0, failed: 0 }, good, false],
  [{ requests: 4, failed: 4 }, good, false],
  [{ requests: 100, failed: 5 }, good, true],
  [{ requests: 1000, failed: 9 }, good, false],
  [{ requests: 100, failed: 5 }, { requests: 100, failed: 3 }, false],
  [{ requests: 100, failed: 10 }, { requests: 100, failed: 3 }, true],
])('rollbackReason: %j compared with %j is rolled back: %s', (now, before, isRolledBack) => {
  expect(rollbackReason(now, before) !== null).toBe(isRolledBack)
})
