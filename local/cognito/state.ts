import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { JWK } from 'jose'
import { exportJWK, generateKeyPair } from 'jose'

/** A user of the pool. Cognito's `username` is the `sub`, as in a pool with sign-in by email. */
export interface User {
  sub: string
  /** As typed; looked up in lower case. */
  email: string
  emailVerified: boolean
  status: 'UNCONFIRMED' | 'CONFIRMED' | 'FORCE_CHANGE_PASSWORD' | 'RESET_REQUIRED'
  attributes: Record<string, string>
  /** Names of groups. Missing in an older state file. */
  groups?: string[]
  passwordHash: string
  /** Unix time in ms. */
  createdAt?: number
  /** Number of wrong passwords in a row, and until when the account is locked (Unix time in ms). */
  failures: number
  lockedUntil: number
  codes: Partial<Record<CodePurpose, Code>>
}

/** Purpose of a mailed code. */
export type CodePurpose = 'confirm' | 'recover' | 'verify'

/** A mailed code. Times are Unix times in ms. */
export interface Code {
  value: string
  expiresAt: number
  failures: number
  /** When codes of this purpose were mailed within the last hour, including this one. */
  sentAt: number[]
}

/** A sign-in and its tokens. */
export interface Grant {
  /** The `origin_jti` of its tokens. */
  id: string
  sub: string
  /** Unix time in seconds; refreshed tokens keep it. */
  authTime: number
  /** Digests of valid refresh tokens, with their expiry (Unix time in ms). */
  refreshTokens: Record<string, number>
  /** Digests of refresh tokens that were rotated out. */
  usedTokens: string[]
  revoked: boolean
  expiresAt: number
}

/** The content of the state file. */
export interface State {
  keys: { access: JWK; id: JWK }
  users: User[]
  grants: Grant[]
}

/** The state in memory, and how to save it. */
export interface Store {
  state: State
  /** Writes the state to disk, including all changes before the call. Concurrent calls share a write. */
  save(): Promise<void>
}

/** Loads the state, or creates a new one with new signing keys. Without a file it is only in memory. */
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
