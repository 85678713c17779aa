import type { RequestContext } from '../../context.ts'
import { type AuthAttempt, type Counts, type KnownDevice, QUOTAS, spend } from '../../models/auth-attempts.ts'
import { type Account, type Device, findKnown, hasAsked, readDevice } from '../cookies/device.ts'

/** What one try counts in. */
export type Counters = {
  /** Begin anew once the secret was right. */
  own: AuthAttempt[]
  /** Others count in them too: they lose this try once the secret was right. */
  shared: AuthAttempt[]
  /** These counters are used only while the account still knows this device. */
  device?: KnownDevice
  /** Whoever tries knows that the account exists, so they may hear that Cognito has locked it. */
  namesLock: boolean
}

export type Throttle = {
  /** The first that applies is used; the last always does. */
  choices: Counters[]
  /** Of this browser, used or not: they begin anew once the secret was right. */
  ofDevice: AuthAttempt[]
}

type Quota = AuthAttempt['quota']

/** Counts a try. @throws AppError too_many_requests or code_used_up if it is one too many. */
export async function countTry(
  { db }: RequestContext,
  { choices }: Throttle,
): Promise<{ used: Counters; counts: Counts }> {
  for (const used of choices) {
    const counts = await spend(db, [...used.own, ...used.shared], used.device)
    if (counts) return { used, counts }
  }
  throw new Error('no counters apply')
}

const nameOf = (account: Account) => ('sub' in account ? account.sub : account.email)

/** One account from one network; this machine is one network. */
const fromHere = ({ clientIp }: RequestContext, account: Account) => `${nameOf(account)}\n${clientIp ?? 'local'}`

/** One network, whatever the account; this machine has no such limit. */
const ofNetwork = ({ clientIp }: RequestContext, quota: Quota): AuthAttempt[] =>
  clientIp === null ? [] : [{ quota, subject: clientIp }]

/** One account in one browser. */
const inBrowser = ({ id }: Device, account: string, ...quotas: Quota[]): AuthAttempt[] =>
  quotas.map((quota) => ({ quota, subject: `${id}\n${account}` }))

/** Counters of a known device, else those of everybody else: a device that others share nothing with cannot be shut out. */
function throttleOf(known: KnownDevice | undefined, ofDevice: AuthAttempt[], others: Counters): Throttle {
  if (!known) return { choices: [others], ofDevice }
  return { choices: [{ own: ofDevice, shared: [], device: known, namesLock: true }, others], ofDevice }
}

/** For a password. */
export async function passwordThrottle(context: RequestContext, account: Account): Promise<Throttle> {
  const device = await readDevice(context)
  const known = await findKnown(context.env, device, account)
  const ofDevice = known ? inBrowser(device, known.sub, QUOTAS.devicePassword, QUOTAS.devicePasswordOfDay) : []
  const subject = nameOf(account)
  return throttleOf(known, ofDevice, {
    own: [{ quota: QUOTAS.password, subject: fromHere(context, account) }],
    shared: [
      { quota: QUOTAS.guesses, subject },
      { quota: QUOTAS.recentPasswords, subject },
      ...ofNetwork(context, QUOTAS.passwordsOfNetwork),
    ],
    // By its sub an account is named by whoever is signed in to it.
    namesLock: 'sub' in account,
  })
}

/** For a code. A browser that asked for one has tries of its own, whoever else tries or asks. */
export async function codeThrottle(context: RequestContext, email: string): Promise<Throttle> {
  const device = await readDevice(context)
  const known = await findKnown(context.env, device, { email })
  const ofDevice = inBrowser(device, email, QUOTAS.deviceCode)
  const recent = { quota: QUOTAS.recentCodes, subject: email }
  if (await hasAsked(context.env, device, email)) {
    return { choices: [{ own: ofDevice, shared: [recent], namesLock: false }], ofDevice }
  }
  return throttleOf(known, ofDevice, {
    own: [{ quota: QUOTAS.code, subject: fromHere(context, { email }) }],
    shared: [{ quota: QUOTAS.guesses, subject: email }, recent, ...ofNetwork(context, QUOTAS.codesOfNetwork)],
    namesLock: false,
  })
}

/** For a code that is mailed. */
export async function sendingThrottle(context: RequestContext, email: string): Promise<Throttle> {
  const device = await readDevice(context)
  const known = await findKnown(context.env, device, { email })
  const ofDevice = known ? inBrowser(device, known.sub, QUOTAS.deviceSending, QUOTAS.deviceSendingOfDay) : []
  const subject = fromHere(context, { email })
  return throttleOf(known, ofDevice, {
    own: [
      { quota: QUOTAS.sending, subject },
      { quota: QUOTAS.sendingOfDay, subject },
      { quota: QUOTAS.sendingOfAccount, subject: email },
      ...ofNetwork(context, QUOTAS.sendingOfNetwork),
    ],
    shared: [],
    namesLock: false,
  })
}

/** What wrong passwords of an account count in, from here and from all unknown devices together. */
export const guessesOf = (context: RequestContext, account: Account): AuthAttempt[] => [
  { quota: QUOTAS.password, subject: fromHere(context, account) },
  { quota: QUOTAS.guesses, subject: nameOf(account) },
  { quota: QUOTAS.recentPasswords, subject: nameOf(account) },
]
