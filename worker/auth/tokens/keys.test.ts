import { afterEach, beforeEach, describe, expect, inject, type MockInstance, test, vi } from 'vitest'
import '../../../tests/harness/provided.ts'

const { jwksUrl: url } = inject('pool')

/** Returns `keySet` with the empty memory of a new isolate. */
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
  // Start with an empty edge cache.
  await (await caches.open('jwks')).delete(url)
  known = await header()
  fetching = vi.spyOn(globalThis, 'fetch')
})

const token = { payload: '', signature: '' }

describe('happy', () => {
  test('fetches the keys once for concurrent requests of an isolate', async () => {
    const keySet = await isolate()
    const keys = await Promise.all(Array.from({ length: 20 }, async () => (await keySet(url))(known, token)))
    for (const key of keys) expect(key).toBeTruthy()
    expect(fetching).toHaveBeenCalledTimes(1)
    await (await keySet(url))(known, token)
    expect(fetching).toHaveBeenCalledTimes(1)
  })

  test('reads the keys from the edge cache in the next isolate', async () => {
    await (await (await isolate())(url))(known, token)
    await (await (await isolate())(url))(known, token)
    expect(fetching).toHaveBeenCalledTimes(1)
  })

  test('fetches once per cooldown for an unknown kid', async () => {
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

describe('key rotation', () => {
  const answers = (keys: object[]) => fetching.mockImplementation(async () => Response.json({ keys }))
  const keysThere = async () => ((await (await fetch(url)).json()) as { keys: { kid: string }[] }).keys
  const later = (ms: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('fetches the new key once and refuses the old one', async () => {
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
    // The old kid is unknown now; the next fetch waits for the cooldown.
    expect(fetching.mock.calls.length - before).toBe(1)
  })

  test('fetches once per cooldown during a flood of unknown kids, and still serves known ones', async () => {
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

  test('uses the keys in the edge cache, even expired ones, while the JWKS URL is down', async () => {
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
    ['the JWKS URL is down and the edge cache is empty', () => Promise.reject(new Error('down'))],
    ['the response is not JSON', async () => new Response('<html>')],
    ['the response has no keys', async () => Response.json({})],
    ['the response is an error', async () => Response.json({ keys: [] }, { status: 500 })],
  ])('throws identity_unavailable and caches nothing if %s', async (_, answer) => {
    fetching.mockImplementation(answer)
    const keySet = await isolate()
    const failure = { items: [{ code: 'identity_unavailable' }] }
    await expect((await keySet(url))(known, token)).rejects.toMatchObject(failure)
    fetching.mockRestore()
    expect(await (await keySet(url))(known, token)).toBeTruthy()
  })

  test('fetches again if another request’s fetch does not finish', async () => {
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

  test('treats a failing cache as a miss', async () => {
    vi.spyOn(caches, 'open').mockRejectedValue(new Error('no cache'))
    expect(await (await (await isolate())(url))(known, token)).toBeTruthy()
  })
})
