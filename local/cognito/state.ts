import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { JWK } from 'jose'
import { exportJWK, generateKeyPair } from 'jose'

/** A person of the pool. `username` is the `sub`, as in a pool whose sign-in name is the email. */
export interface User {
  sub: string
  /** As typed; looked up in lower case. */
  email: string
  emailVerified: boolean
  status: 'UNCONFIRMED' | 'CONFIRMED' | 'FORCE_CHANGE_PASSWORD' | 'RESET_REQUIRED'
  attributes: Record<string, string>
  passwordHash: string
  /** In ms since the epoch. */
  createdAt?: number
  /** Wrong passwords in a row, and until when (ms) no password is looked at. */
  failures: number
  lockedUntil: number
  codes: Partial<Record<CodePurpose, Code>>
}

/** What a code that was mailed is good for. */
export type CodePurpose = 'confirm' | 'recover' | 'verify'

/** A mailed code. Times in ms since the epoch. */
export interface Code {
  value: string
  expiresAt: number
  failures: number
  /** When codes of this purpose were mailed in the last hour, this one's included. */
  sentAt: number[]
}

/** One sign-in and the tokens that come from it. */
export interface Grant {
  /** The `origin_jti` of its tokens. */
  id: string
  sub: string
  /** Seconds since the epoch; refreshed tokens keep it. */
  authTime: number
  /** Digests of refresh tokens that are good, with the time (ms) until which each is. */
  refreshTokens: Record<string, number>
  /** Digests of those that rotation has replaced. */
  usedTokens: string[]
  revoked: boolean
  expiresAt: number
}

/** Everything that is kept between runs. */
export interface State {
  keys: { access: JWK; id: JWK }
  users: User[]
  grants: Grant[]
}

/** The state in memory and its way to the disk. */
export interface Store {
  state: State
  /** Resolves once a change made before the call is on disk; calls at the same time share a write. */
  save(): Promise<void>
}

/** Loads the state, or makes a new one with new signing keys. Without a file nothing is kept. */
export async function openStore(file: string | undefined): Promise<Store> {
  const found = file === undefined ? undefined : await readState(file)
  const state = found ?? { keys: await makeKeys(), users: [], grants: [] }
  if (file === undefined) return { state, save: async () => {} }

  await mkdir(dirname(file), { recursive: true })
  let running: Promise<void> | undefined
  let next: Promise<void> | undefined
  const write = async () => {
    await writeFile(`${file}.new`, JSON.stringify(state), { mode: 0o600 })
    await rename(`${file}.new`, file)
  }
  const save = (): Promise<void> => {
    if (running === undefined) {
      running = write().finally(() => {
        running = undefined
      })
      return running
    }
    next ??= running
      .catch(() => {})
      .then(() => {
        next = undefined
        return save()
      })
    return next
  }
  if (found === undefined) await save()
  return { state, save }
}

async function readState(file: string): Promise<State | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as State
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new Error(`${file} cannot be read; remove it to start with no accounts.`, { cause: error })
  }
}

// Cognito signs access and id tokens with two different keys:
// https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
async function makeKeys(): Promise<State['keys']> {
  const [access, id] = await Promise.all([makeKey(), makeKey()])
  return { access, id }
}

async function makeKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  return { ...(await exportJWK(privateKey)), kid: crypto.randomUUID(), alg: 'RS256', use: 'sig' }
}
