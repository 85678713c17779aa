import { afterEach, beforeEach, describe, expect, inject, type MockInstance, test, vi } from 'vitest'
import '../../../tests/harness/provided.ts'

const { jwksUrl: url } = inject('pool')

/** The keys as a new isolate gets them. */
async function isolate() {
  vi.resetModules()
  return (await import('./keys.ts')).keySet
}

const header = async () => {
  const { keys } = (await (await fetch(url)).json()) as { keys: { kid: string }[] }
  return { alg: 'RS256', kid: keys[0]?.kid ?? '' }
}

let known: { alg: string; kid: string }
let fetching: MockInstance<typeof fetch>
beforeEach(async () => {
  // Nothing of it is at the edge yet.
  await (await caches.open('jwks')).delete(url)
  known = await header()
  fetching = vi.spyOn(globalThis, 'fetch')
})

const token = { payload: '', signature: '' }

describe('happy', () => {
  test('one isolate asks once, however many need them at once', async () => {
    const keySet = await isolate()
    const keys = await Promise.all(Array.from({ length: 20 }, async () => (await keySet(url))(known, token)))
    for (const key of keys) expect(key).toBeTruthy()
    expect(fetching).toHaveBeenCalledTimes(1)
    await (await keySet(url))(known, token)
    expect(fetching).toHaveBeenCalledTimes(1)
  })

  test('the next one has them from the edge', async () => {
    await (await (await isolate())(url))(known, token)
    await (await (await isolate())(url))(known, token)
    expect(fetching).toHaveBeenCalledTimes(1)
  })

  test('a key that neither knows is asked for anew, and that once a cooldown', async () => {
    await (await (await isolate())(url))(known, token)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 })
    try {
      const keySet = await isolate()
      for (let i = 0; i < 20; i += 1) {
        const unknown = { ...known, kid: crypto.randomUUID() }
        await expect((await keySet(url))(unknown, token)).rejects.toThrow('no applicable key')
      }
      expect(fetching).toHaveBeenCalledTimes(2)
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('when the keys are changed for others', () => {
  const answers = (keys: object[]) => fetching.mockImplementation(async () => Response.json({ keys }))
  const keysThere = async () => ((await (await fetch(url)).json()) as { keys: { kid: string }[] }).keys
  const later = (ms: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('the new one is asked for once, and the old one counts no more', async () => {
    const [old, next] = await keysThere()
    answers([{ ...old }])
    const keySet = await isolate()
    const keyOf = async (kid = '') => (await keySet(url))({ alg: 'RS256', kid }, token)
    expect(await keyOf(old?.kid)).toBeTruthy()
    answers([{ ...next }])
    const before = fetching.mock.calls.length
    later(60_000)
    for (let i = 0; i < 5; i += 1) expect(await keyOf(next?.kid)).toBeTruthy()
    expect(fetching.mock.calls.length - before).toBe(1)
    await expect(keyOf(old?.kid)).rejects.toThrow('no applicable key')
    // It would be asked for again, but only after the next cooldown.
    expect(fetching.mock.calls.length - before).toBe(1)
  })

  test('a flood of unknown ones costs one fetch a cooldown, and hinders nobody', async () => {
    const keySet = await isolate()
    const keyOf = async (kid = '') => (await keySet(url))({ alg: 'RS256', kid }, token)
    expect(await keyOf(known.kid)).toBeTruthy()
    const before = fetching.mock.calls.length
    for (let minute = 1; minute <= 3; minute += 1) {
      later(60_000)
      const flood = Array.from({ length: 50 }, () => keyOf(crypto.randomUUID()).catch(() => 'unknown'))
      expect(new Set(await Promise.all(flood))).toEqual(new Set(['unknown']))
      expect(await keyOf(known.kid)).toBeTruthy()
      expect(fetching.mock.calls.length - before).toBe(minute)
    }
  })
})

describe('error', () => {
  const down = () => fetching.mockRejectedValue(new Error('down'))

  test('their address is down: the edge’s serve, also past their day', async () => {
    await (await (await isolate())(url))(known, token)
    down()
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 25 * 3_600_000 })
    try {
      const keySet = await isolate()
      expect(await (await keySet(url))(known, token)).toBeTruthy()
    } finally {
      vi.useRealTimers()
    }
  })

  test.each([
    ['it is down, and the edge has none', () => Promise.reject(new Error('down'))],
    ['it answers with something else', async () => new Response('<html>')],
    ['it answers with no keys', async () => Response.json({})],
    ['it answers with an error', async () => Response.json({ keys: [] }, { status: 500 })],
  ])('%s: nobody can tell who it is, and nothing of it stays', async (_, answer) => {
    fetching.mockImplementation(answer)
    const keySet = await isolate()
    const failure = { items: [{ code: 'identity_unavailable' }] }
    await expect((await keySet(url))(known, token)).rejects.toMatchObject(failure)
    fetching.mockRestore()
    expect(await (await keySet(url))(known, token)).toBeTruthy()
  })

  test('who fetches them is gone: the others do not wait for ever', async () => {
    const keySet = await isolate()
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    try {
      fetching.mockImplementationOnce(() => new Promise(() => {}))
      void (await keySet(url))(known, token)
      const other = (await keySet(url))(known, token)
      await vi.advanceTimersByTimeAsync(2_100)
      expect(await other).toBeTruthy()
    } finally {
      vi.useRealTimers()
    }
  })

  test('a cache that fails is a miss', async () => {
    vi.spyOn(caches, 'open').mockRejectedValue(new Error('no cache'))
    expect(await (await (await isolate())(url))(known, token)).toBeTruthy()
  })
})
