import { AppError } from '../contract/app-error.ts'
import { looksLikeOurs } from '../contract/impersonation.ts'
import { HANDLE_MAX } from '../contract/limits.ts'
import { PAGES } from '../contract/pages.ts'
import type { Db } from '../db/client.ts'
import { hmac, toHex } from '../digest.ts'
import { findFreeHandles } from './users.ts'

/** Reserved handles, besides those detected by `looksLikeOurs`. */
const OUR_WORDS = [
  'admin',
  'administrator',
  'api',
  'assets',
  'cruddur',
  'everyone',
  'help',
  'home',
  'me',
  'media',
  'moderator',
  'official',
  'privacy',
  'root',
  'staff',
  'support',
  'system',
  'terms',
]

/** First segments of the pages' paths. */
const PAGE_WORDS = Object.values(PAGES).flatMap(({ path }) => /^\/(\w+)/.exec(path)?.[1] ?? [])

const RESERVED = new Set([...OUR_WORDS, ...PAGE_WORDS])

export const isReserved = (handle: string): boolean => RESERVED.has(handle) || looksLikeOurs(handle)

/** Returns handles similar to the wanted one, best first. More than the three we show, since some are taken. */
function alternatives(handle: string): string[] {
  const base = handle.slice(0, HANDLE_MAX - 4)
  const numbers = Array.from({ length: 5 }, () => 10 + Math.floor(Math.random() * 990))
  return [`${base}_`, `the_${base}`, `${base}_here`.slice(0, HANDLE_MAX), ...numbers.map((n) => `${base}${n}`)]
}

/** Returns the HMAC of a deleted account's handle: without the key nobody can find out the handle. */
export const handleHash = async (secretKey: string, handle: string): Promise<string> =>
  toHex(await hmac(secretKey, `handle\n${handle}`))

/**
 * Checks that a handle is free: not reserved for Cruddur, no user has it, and no account deleted within the last 90 days had
 * it. The error is the same for the last two, so that it does not reveal a deletion.
 * @throws AppError handle_reserved or handle_taken, with up to three free handles as suggestions.
 */
export async function assertHandleFree(db: Db, secretKey: string, handle: string): Promise<void> {
  const handles = [handle, ...alternatives(handle)]
  const hashes = await Promise.all(handles.map((name) => handleHash(secretKey, name)))
  const free = await db.read(findFreeHandles, { handles, hashes })
  const names = free.map((row) => row.handle)
  const code = isReserved(handle) ? 'handle_reserved' : 'handle_taken'
  if (names[0] === handle && code === 'handle_taken') return
  const suggestions = names.filter((name) => name !== handle && !isReserved(name)).slice(0, 3)
  throw new AppError([{ code, field: 'handle', suggestions }])
}
