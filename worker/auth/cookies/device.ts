import type { RequestContext } from '../../context.ts'
import { hmac, toHex } from '../../digest.ts'
import type { Env } from '../../env.ts'
import type { KnownDevice } from '../../models/auth-attempts.ts'
import { signedCookie } from './signed-cookies.ts'

const DEVICE_COOKIE = '__Host-device'
/** One year, in seconds. */
const COOKIE_MAX_AGE = 365 * 86_400
/** Limit of accounts in each of the two lists of the cookie; the oldest is dropped. */
const ACCOUNTS_MAX = 5
/** How long a browser that requested a code has its own count of wrong codes, in seconds. */
const CODE_REQUEST_SECONDS = 86_400

/** An account that the browser has signed in to. */
type KnownAccount = KnownDevice & { account: string }
/** An account that the browser has requested a code for. `requestedAt`: Unix time in seconds. */
type CodeRequest = { account: string; requestedAt: number }

/** Content of the signed device cookie, newest accounts first. `id` is random; the device's throttle counters are kept under it. */
export type DeviceCookie = { id: string; known: KnownAccount[]; codeRequests: CodeRequest[] }

const now = () => Math.floor(Date.now() / 1_000)

/** Returns an account's name in the cookie: an HMAC, so that the cookie does not reveal emails. */
async function accountOf(env: Env, email: string): Promise<string> {
  return toHex(await hmac(env.secretKey, `device\n${email.toLowerCase()}`)).slice(0, 32)
}

/** Returns the device of a request; a new one without a valid cookie. */
export async function readDevice(context: RequestContext): Promise<DeviceCookie> {
  return parseDevice(await context.signedCookie(DEVICE_COOKIE)) ?? newDevice()
}

const newDevice = (): DeviceCookie => ({ id: crypto.randomUUID(), known: [], codeRequests: [] })

/** Returns the entry of an account if the browser has signed in to it. */
export async function findKnown(
  env: Env,
  { known }: DeviceCookie,
  account: Account,
): Promise<KnownAccount | undefined> {
  if ('sub' in account) return known.find(({ sub }) => sub === account.sub)
  const name = await accountOf(env, account.email)
  return known.find((entry) => entry.account === name)
}

/** An account: by email when signing in, by sub once signed in. */
export type Account = { email: string } | { sub: string }

/** Returns whether the browser has requested a code for this account within a day. */
export async function hasRequestedCode(env: Env, { codeRequests }: DeviceCookie, email: string): Promise<boolean> {
  const name = await accountOf(env, email)
  return codeRequests.some(({ account, requestedAt }) => account === name && requestedAt > now() - CODE_REQUEST_SECONDS)
}

/** Adds an account to the device cookie after a sign-in. */
export async function rememberSignIn(context: RequestContext, email: string, known: KnownDevice): Promise<void> {
  const device = await readDevice(context)
  const account = await accountOf(context.settings, email)
  await setDevice(context, { ...device, known: withNewest(device.known, { ...known, account }) })
}

/** Adds an account to the device cookie after a code request. */
export async function rememberCodeRequest(context: RequestContext, email: string): Promise<void> {
  const device = await readDevice(context)
  const account = await accountOf(context.settings, email)
  await setDevice(context, {
    ...device,
    codeRequests: withNewest(device.codeRequests, { account, requestedAt: now() }),
  })
}

/** Removes an account from the device cookie. */
export async function forgetAccount(context: RequestContext, sub: string): Promise<void> {
  const device = await readDevice(context)
  const forgotten = device.known.find((entry) => entry.sub === sub)?.account
  if (!forgotten) return
  const isOther = ({ account }: { account: string }) => account !== forgotten
  await setDevice(context, {
    ...device,
    known: device.known.filter(isOther),
    codeRequests: device.codeRequests.filter(isOther),
  })
}

function withNewest<T extends { account: string }>(entries: T[], newest: T): T[] {
  return [newest, ...entries.filter(({ account }) => account !== newest.account)].slice(0, ACCOUNTS_MAX)
}

async function setDevice(context: RequestContext, device: DeviceCookie): Promise<void> {
  const isEmpty = device.known.length + device.codeRequests.length === 0
  const maxAge = isEmpty ? 0 : COOKIE_MAX_AGE
  context.setCookies.push(await signedCookie(context.settings, DEVICE_COOKIE, serializeDevice(device), maxAge))
}

/** Returns `<id>~k.<account>.<sub>.<since>~a.<account>.<requestedAt>`: characters that need no encoding in a cookie. */
export function serializeDevice({ id, known, codeRequests }: DeviceCookie): string {
  return [
    id,
    ...known.map(({ account, sub, since }) => `k.${account}.${sub}.${since}`),
    ...codeRequests.map(({ account, requestedAt }) => `a.${account}.${requestedAt}`),
  ].join('~')
}

/** Parses a cookie's content. Skips malformed entries: another version may have written them. */
export function parseDevice(content: string | undefined): DeviceCookie | undefined {
  const [id, ...entries] = (content ?? '').split('~')
  if (!id) return undefined
  const device: DeviceCookie = { id, known: [], codeRequests: [] }
  for (const entry of entries) {
    const [kind, account = '', ...rest] = entry.split('.')
    const [sub = '', since] = rest
    if (kind === 'k' && sub && isSeconds(since)) device.known.push({ account, sub, since: Number(since) })
    if (kind === 'a' && isSeconds(rest[0])) device.codeRequests.push({ account, requestedAt: Number(rest[0]) })
  }
  return device
}

const isSeconds = (text: string | undefined): boolean => /^\d{1,12}$/.test(text ?? '')
