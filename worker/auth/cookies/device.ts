import type { RequestContext } from '../../context.ts'
import { hmac, toHex } from '../../digest.ts'
import type { Env } from '../../env.ts'
import type { KnownDevice } from '../../models/auth-attempts.ts'
import { signedCookie } from './signed-cookies.ts'

const DEVICE_COOKIE = '__Host-device'
/** A year, in seconds. */
const COOKIE_MAX_AGE = 365 * 86_400
/** Accounts of each kind in a cookie; the oldest goes first. */
const ACCOUNTS_MAX = 5
/** How long a browser that asked for a code has tries of its own, in seconds. */
const ASKED_FOR = 86_400

/** An account that the browser has signed in to. */
type Known = KnownDevice & { account: string }
/** An account that the browser has asked a code for; `at` is in seconds since the epoch. */
type Asked = { account: string; at: number }

/** What a browser proves by our signed cookie. `id` is random: its counters are named by it. Newest accounts first. */
export type Device = { id: string; known: Known[]; asked: Asked[] }

const now = () => Math.floor(Date.now() / 1_000)

/** The name of an account in the cookie: who finds the cookie learns no email. */
async function accountOf(env: Env, email: string): Promise<string> {
  return toHex(await hmac(env.secretKey, `device\n${email.toLowerCase()}`)).slice(0, 32)
}

/** The device of a request; a new one if it has no cookie of ours. */
export async function readDevice(context: RequestContext): Promise<Device> {
  return parseDevice(await context.signedCookie(DEVICE_COOKIE)) ?? newDevice()
}

const newDevice = (): Device => ({ id: crypto.randomUUID(), known: [], asked: [] })

/** The entry of an account, by its email or sub, that the browser has signed in to. */
export async function findKnown(env: Env, { known }: Device, account: Account): Promise<Known | undefined> {
  if ('sub' in account) return known.find(({ sub }) => sub === account.sub)
  const name = await accountOf(env, account.email)
  return known.find((entry) => entry.account === name)
}

/** An account as it is named at the door: signed in, by its sub. */
export type Account = { email: string } | { sub: string }

/** Whether the browser has asked for a code of this account within a day. */
export async function hasAsked(env: Env, { asked }: Device, email: string): Promise<boolean> {
  const name = await accountOf(env, email)
  return asked.some(({ account, at }) => account === name && at > now() - ASKED_FOR)
}

/** Remembers in the browser that it has signed in to an account. */
export async function rememberSignIn(context: RequestContext, email: string, known: KnownDevice): Promise<void> {
  const device = await readDevice(context)
  const account = await accountOf(context.env, email)
  await setDevice(context, { ...device, known: withNewest(device.known, { ...known, account }) })
}

/** Remembers in the browser that it has asked for a code. */
export async function rememberAsking(context: RequestContext, email: string): Promise<void> {
  const device = await readDevice(context)
  const account = await accountOf(context.env, email)
  await setDevice(context, { ...device, asked: withNewest(device.asked, { account, at: now() }) })
}

/** Lets the browser forget an account, whose devices are known no more. */
export async function forgetAccount(context: RequestContext, sub: string): Promise<void> {
  const device = await readDevice(context)
  const forgotten = device.known.find((entry) => entry.sub === sub)?.account
  if (!forgotten) return
  const isOther = ({ account }: { account: string }) => account !== forgotten
  await setDevice(context, { ...device, known: device.known.filter(isOther), asked: device.asked.filter(isOther) })
}

function withNewest<T extends { account: string }>(entries: T[], newest: T): T[] {
  return [newest, ...entries.filter(({ account }) => account !== newest.account)].slice(0, ACCOUNTS_MAX)
}

async function setDevice(context: RequestContext, device: Device): Promise<void> {
  const isEmpty = device.known.length + device.asked.length === 0
  const maxAge = isEmpty ? 0 : COOKIE_MAX_AGE
  context.setCookies.push(await signedCookie(context.env, DEVICE_COOKIE, serializeDevice(device), maxAge))
}

/** `<id>~k.<account>.<sub>.<since>~a.<account>.<at>`: characters that a cookie holds as they are. */
export function serializeDevice({ id, known, asked }: Device): string {
  return [
    id,
    ...known.map(({ account, sub, since }) => `k.${account}.${sub}.${since}`),
    ...asked.map(({ account, at }) => `a.${account}.${at}`),
  ].join('~')
}

/** Parses a cookie's content; entries of another form, as another version may have written them, are left out. */
export function parseDevice(content: string | undefined): Device | undefined {
  const [id, ...entries] = (content ?? '').split('~')
  if (!id) return undefined
  const device: Device = { id, known: [], asked: [] }
  for (const entry of entries) {
    const [kind, account = '', ...rest] = entry.split('.')
    const [sub = '', since] = rest
    if (kind === 'k' && sub && isSeconds(since)) device.known.push({ account, sub, since: Number(since) })
    if (kind === 'a' && isSeconds(rest[0])) device.asked.push({ account, at: Number(rest[0]) })
  }
  return device
}

const isSeconds = (text: string | undefined): boolean => /^\d{1,12}$/.test(text ?? '')
