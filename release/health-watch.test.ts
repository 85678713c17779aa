import { describe, expect, test } from 'vitest'
import type { Answers } from './cloudflare.ts'
import { rollbackReason, watchWith } from './health-watch.ts'
import type { Outcome } from './smoke/smoke.ts'

const step = { version: 'new', previous: 'old', percent: 10 }
const never = new AbortController().signal
const good = { requests: 100, failed: 0 }
const fine = async () => [{ name: 'health', ms: 1 }]
const bad = [{ name: 'health', ms: 1, reason: 'answered 500' }]

/** Watches with four checks, without waiting. */
function watch(answers: (version: string) => Promise<Answers>, smoke: (version: string) => Promise<Outcome[]> = fine) {
  const lines: string[] = []
  const watching = {
    cloudflare: { answers },
    smoke,
    log: (line: string) => lines.push(line),
    seconds: 0.004,
    every: 0.001,
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
    let times = 0
    const hiccup = async () => (times++ === 1 ? bad : [])
    expect(await watch(async () => good, hiccup).verdict).toBeNull()
    expect(times).toBe(4)
  })

  test('returns a reason if the logs cannot be read', async () => {
    expect(await watch(() => Promise.reject(new Error('403'))).verdict).toMatch('cannot be read')
  })

  test('checks nothing after the release was cancelled', async () => {
    const cancelling = new AbortController()
    const looked: string[] = []
    const verdict = watchWith({
      cloudflare: { answers: async () => good },
      smoke: async (version) => {
        looked.push(version)
        return []
      },
      log: () => {},
      seconds: 600,
      every: 600,
    })(step, cancelling.signal)
    cancelling.abort()
    expect(await verdict).toBeNull()
    expect(looked).toEqual([])
  })

  test.each<[string, Partial<Parameters<typeof watchWith>[0]>]>([
    ['the version', { smoke: () => new Promise(() => {}) }],
    ['the logs', { cloudflare: { answers: () => new Promise(() => {}) } }],
  ])('returns at once if the release is cancelled while %s is checked', async (_, asking) => {
    const cancelling = new AbortController()
    const watching = {
      cloudflare: { answers: async () => good },
      smoke: fine,
      log: () => {},
      seconds: 600,
      every: 0.001,
    }
    const verdict = watchWith({ ...watching, ...asking })(step, cancelling.signal)
    setTimeout(() => cancelling.abort(), 20)
    expect(await verdict).toBeNull()
  })

  test('smoke-tests the new version', async () => {
    const tried = new Set<string>()
    await watch(
      async () => good,
      async (version) => {
        tried.add(version)
        return []
      },
    ).verdict
    expect([...tried]).toEqual(['new'])
  })

  test('returns at once if the release was cancelled before', async () => {
    const watching = { cloudflare: { answers: async () => good }, smoke: fine, log: () => {}, seconds: 600, every: 300 }
    expect(await watchWith(watching)(step, AbortSignal.abort())).toBeNull()
  })
})

test.each<[Answers, Answers, boolean]>([
  [{ requests: 0, failed: 0 }, good, false],
  [{ requests: 4, failed: 4 }, good, false],
  [{ requests: 100, failed: 5 }, good, true],
  [{ requests: 1000, failed: 9 }, good, false],
  [{ requests: 100, failed: 5 }, { requests: 100, failed: 3 }, false],
  [{ requests: 100, failed: 10 }, { requests: 100, failed: 3 }, true],
])('judge: %j compared with %j is refused: %s', (now, before, goes) => {
  expect(rollbackReason(now, before) !== null).toBe(goes)
})
