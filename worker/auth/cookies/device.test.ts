import { expect, test } from 'vitest'
import { createContext } from '../../context.ts'
import type { Env } from '../../env.ts'
import {
  findKnown,
  forgetAccount,
  hasRequestedCode,
  parseDevice,
  readDevice,
  rememberCodeRequest,
  rememberSignIn,
  serializeDevice,
} from './device.ts'

const env = { secretKey: 'a'.repeat(43) } as Env
const now = () => Math.floor(Date.now() / 1_000)

/** A browser that stores the cookies it gets. */
function browser() {
  let cookie = ''
  const request = () =>
    createContext(new Request('https://cruddur.example/', { headers: { cookie } }), env, { waitUntil: () => {} })
  return {
    async does(act: (context: ReturnType<typeof request>) => Promise<void>) {
      const context = request()
      await act(context)
      cookie = context.setCookies.at(-1)?.split(';')[0] ?? cookie
    },
    device: () => readDevice(request()),
  }
}

test('finds the accounts it has signed in to, by email in any case or by sub', async () => {
  const { does, device } = browser()
  await does((context) => rememberSignIn(context, 'Anna@example.com', { sub: 'sub-anna', since: 7 }))
  await does((context) => rememberSignIn(context, 'ben@example.com', { sub: 'sub-ben', since: 8 }))
  const known = await device()
  await expect(findKnown(env, known, { email: 'anna@EXAMPLE.com' })).resolves.toMatchObject({
    sub: 'sub-anna',
    since: 7,
  })
  await expect(findKnown(env, known, { sub: 'sub-ben' })).resolves.toMatchObject({ since: 8 })
  await expect(findKnown(env, known, { email: 'cleo@example.com' })).resolves.toBeUndefined()
  await expect(findKnown(env, known, { sub: 'sub-cleo' })).resolves.toBeUndefined()
})

test('keeps its id, each account’s newest sign-in and at most five accounts of each kind', async () => {
  const { does, device } = browser()
  await does((context) => rememberCodeRequest(context, 'anna@example.com'))
  const { id } = await device()
  for (const name of ['anna', 'ben', 'cleo', 'dora', 'emil', 'anna', 'fay']) {
    await does((context) => rememberSignIn(context, `${name}@example.com`, { sub: name, since: now() }))
  }
  const { known, codeRequests, ...rest } = await device()
  expect(rest).toEqual({ id })
  expect(known.map(({ sub }) => sub)).toEqual(['fay', 'anna', 'emil', 'dora', 'cleo'])
  expect(codeRequests).toHaveLength(1)
})

test('remembers a code request for a day', async () => {
  const { does, device } = browser()
  await does((context) => rememberCodeRequest(context, 'anna@example.com'))
  const today = await device()
  await expect(hasRequestedCode(env, today, 'Anna@example.com')).resolves.toBe(true)
  await expect(hasRequestedCode(env, today, 'ben@example.com')).resolves.toBe(false)
  const yesterday = {
    ...today,
    codeRequests: today.codeRequests.map((entry) => ({ ...entry, requestedAt: now() - 86_401 })),
  }
  await expect(hasRequestedCode(env, yesterday, 'anna@example.com')).resolves.toBe(false)
})

test('forgets an account, and clears the cookie with the last one', async () => {
  const { does, device } = browser()
  await does((context) => rememberCodeRequest(context, 'anna@example.com'))
  await does((context) => rememberSignIn(context, 'anna@example.com', { sub: 'sub-anna', since: 7 }))
  await does((context) => rememberSignIn(context, 'ben@example.com', { sub: 'sub-ben', since: 8 }))
  await does((context) => forgetAccount(context, 'sub-anna'))
  await expect(device()).resolves.toMatchObject({ known: [{ sub: 'sub-ben' }], codeRequests: [] })
  await does(async (context) => {
    await forgetAccount(context, 'sub-cleo')
    expect(context.setCookies).toEqual([])
    await forgetAccount(context, 'sub-ben')
    expect(context.setCookies).toEqual([expect.stringMatching(/^__Host-device=.*; Max-Age=0; /)])
  })
})

test('gets a new id in each browser without a cookie', async () => {
  const [one, other] = [await browser().device(), await browser().device()]
  expect(one).toMatchObject({ known: [], codeRequests: [] })
  expect(one.id).not.toBe(other.id)
})

test('parses what it serialized and skips malformed entries', () => {
  const device = {
    id: 'an-id',
    known: [{ account: 'a1', sub: 'sub-1', since: 7 }],
    codeRequests: [{ account: 'b2', requestedAt: 8 }],
  }
  expect(parseDevice(serializeDevice(device))).toEqual(device)
  expect(parseDevice('an-id~k.a1~k.a1.s.x~a.b2.~x.y.1~~a.b2.8')).toEqual({ ...device, known: [] })
  expect(parseDevice('')).toBeUndefined()
  expect(parseDevice(undefined)).toBeUndefined()
})
