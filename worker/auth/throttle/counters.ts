import type { RequestContext } from '../../context.ts'
import { type AuthAttempt, type Counts, countAttempts, type KnownDevice, QUOTAS } from '../../models/auth-attempts.ts'
import { type Account, type DeviceCookie, findKnown, hasRequestedCode, readDevice } from '../cookies/device.ts'

/** The counters of one attempt. */
export type Counters = {
  /** Reset after a success. */
  own: AuthAttempt[]
  /** Shared with other clients: a success takes only this attempt back. */
  shared: AuthAttempt[]
  /** If set, the counters apply only while the account still knows this device. */
  device?: KnownDevice
  /** Whether the error may say that Cognito has locked the account: the client knows already that it exists. */
  mayRevealLock: boolean
}

export type Throttle = {
  /** In order of preference: the first that applies is used, and the last always applies. */
  choices: Counters[]
  /** Counters of this browser, reset after a success even if unused. */
  ofDevice: AuthAttempt[]
}

type Quota = AuthAttempt['quota']

/** Counts an attempt. @throws AppError too_many_requests or code_used_up over the limit. */
export async function countAttempt(
  { db }: RequestContext,
  { choices }: Throttle,
): Promise<{ used: Counters; counts: Counts }> {
  for (const used of choices) {
    const counts = await countAttempts(db, [...used.own, ...used.shared], used.device)
    if (counts) return { used, counts }
  }
  throw new Error('no counters apply')
}

const accountKey = (account: Account) => ('sub' in account ? account.sub : account.email)

/** Returns the subject "account from a client IP"; a loopback address is 'local'. */
const fromClientIp = ({ clientIp }: RequestContext, account: Account) =>
  `${accountKey(account)}\n${clientIp ?? 'local'}`

/** Returns the counter of a client IP over all accounts; none for a loopback address. */
const ofNetwork = ({ clientIp }: RequestContext, quota: Quota): AuthAttempt[] =>
  clientIp === null ? [] : [{ quota, subject: clientIp }]

/** Returns counters of an account in one browser. */
const inBrowser = ({ id }: DeviceCookie, account: string, ...quotas: Quota[]): AuthAttempt[] =>
  quotas.map((quota) => ({ quota, subject: `${id}\n${account}` }))

/** Returns a known device's own counters before the shared ones, so that attackers cannot lock the owner's device out. */
function throttleOf(known: KnownDevice | undefined, ofDevice: AuthAttempt[], others: Counters): Throttle {
  if (!known) return { choices: [others], ofDevice }
  return { choices: [{ own: ofDevice, shared: [], device: known, mayRevealLock: true }, others], ofDevice }
}

/** Returns the counters of a password attempt. */
export async function passwordThrottle(context: RequestContext, account: Account): Promise<Throttle> {
  const device = await readDevice(context)
  const known = await findKnown(context.settings, device, account)
  const ofDevice = known ? inBrowser(device, known.sub, QUOTAS.devicePassword, QUOTAS.devicePasswordOfDay) : []
  const subject = accountKey(account)
  return throttleOf(known, ofDevice, {
    own: [{ quota: QUOTAS.password, subject: fromClientIp(context, account) }],
    shared: [
      { quota: QUOTAS.guesses, subject },
      { quota: QUOTAS.recentPasswords, subject },
      ...ofNetwork(context, QUOTAS.passwordsOfNetwork),
    ],
    // A sub means that the user is signed in to the account.
    mayRevealLock: 'sub' in account,
  })
}

/** Returns the counters of a code attempt. A browser that requested the code has its own counter. */
export async function codeThrottle(context: RequestContext, email: string): Promise<Throttle> {
  const device = await readDevice(context)
  const known = await findKnown(context.settings, device, { email })
  const ofDevice = inBrowser(device, email, QUOTAS.deviceCode)
  const recent = { quota: QUOTAS.recentCodes, subject: email }
  if (await hasRequestedCode(context.settings, device, email)) {
    return { choices: [{ own: ofDevice, shared: [recent], mayRevealLock: false }], ofDevice }
  }
  return throttleOf(known, ofDevice, {
    own: [{ quota: QUOTAS.code, subject: fromClientIp(context, { email }) }],
    shared: [{ quota: QUOTAS.guesses, subject: email }, recent, ...ofNetwork(context, QUOTAS.codesOfNetwork)],
    mayRevealLock: false,
  })
}

/** Returns the counters of mailing a code. */
export async function sendingThrottle(context: RequestContext, email: string): Promise<Throttle> {
  const device = await readDevice(context)
  const known = await findKnown(context.settings, device, { email })
  const ofDevice = known ? inBrowser(device, known.sub, QUOTAS.deviceSending, QUOTAS.deviceSendingOfDay) : []
  const subject = fromClientIp(context, { email })
  return throttleOf(known, ofDevice, {
    own: [
      { quota: QUOTAS.sending, subject },
      { quota: QUOTAS.sendingOfDay, subject },
      { quota: QUOTAS.sendingOfAccount, subject: email },
      ...ofNetwork(context, QUOTAS.sendingOfNetwork),
    ],
    shared: [],
    mayRevealLock: false,
  })
}

/** Returns the counters of wrong passwords of an account: from this client IP, and from all unknown devices. */
export const passwordCounters = (context: RequestContext, account: Account): AuthAttempt[] => [
  { quota: QUOTAS.password, subject: fromClientIp(context, account) },
  { quota: QUOTAS.guesses, subject: accountKey(account) },
  { quota: QUOTAS.recentPasswords, subject: accountKey(account) },
]
