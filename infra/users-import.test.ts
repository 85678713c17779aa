import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type CognitoEndpoint, startCognitoEndpoint } from '../local/cognito/endpoint.ts'
import type { User } from '../local/cognito/state.ts'
import { writeMark } from '../sql/environment.ts'
import { SECRET_KEY } from '../tests/harness/bindings.ts'
import { type Database, makeDatabase } from '../tests/harness/database.ts'
import { emailHash } from '../worker/models/password-resets.ts'
import { runImport } from './users-import.ts'

const ROOT = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'cruddur-import-'))
let cognito: CognitoEndpoint
let users: User[]

/** Returns a user of the pool; a lower number means an older account. */
function user(number: number, handle: string | undefined, changes: Partial<User> = {}): User {
  return {
    sub: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    email: `secret${number}@example.com`,
    emailVerified: true,
    status: 'CONFIRMED',
    attributes: { name: `Person ${number}`, ...(handle !== undefined && { preferred_username: handle }) },
    passwordHash: '',
    createdAt: number * 1000,
    failures: 0,
    lockedUntil: 0,
    codes: {},
    ...changes,
  }
}

beforeAll(async () => {
  const many = Array.from({ length: 130 }, (_, index) => user(100 + index, `person_${index}`))
  users = [
    // Listed before the older user with the same handle.
    user(20, 'anna'),
    user(10, 'Anna'),
    user(11, undefined),
    user(12, 'not a handle!'),
    user(13, 'admin'),
    user(14, 'ben'),
    user(15, 'cleo', { status: 'UNCONFIRMED' }),
    user(16, 'here_already'),
    user(17, undefined, { status: 'FORCE_CHANGE_PASSWORD' }),
    ...many,
  ]
  const stateFile = join(folder, 'cognito.json')
  writeFileSync(stateFile, JSON.stringify({ keys: inject('pool').keys, users, grants: [] }))
  cognito = await startCognitoEndpoint({ port: 0, stateFile, onCode: () => {} })
})
afterAll(async () => {
  await cognito.stop()
  rmSync(folder, { recursive: true })
})

/** Returns a database with one user of the pool, one deleted account, and one handle taken by another user. */
async function makeTaken(): Promise<Database> {
  const db = await makeDatabase()
  await db.sql(
    `insert into users (cognito_sub, handle, display_name, email)
     values ($1, 'renamed', 'Renamed', 'a@example.com'), ('other', 'ben', 'Other', 'b@example.com')`,
    [user(16, '').sub],
  )
  await db.sql(`insert into deleted_subs (hash) values (encode(sha256(convert_to($1, 'UTF8')), 'hex'))`, [
    user(100, '').sub,
  ])
  // Two accounts were confirmed without proof; one of them has reset its password since.
  await db.sql(
    "insert into password_resets_due (email_hash, reset_at) values ($1, null), ($2, now() - interval '1 hour')",
    await Promise.all([101, 102].map((number) => emailHash(SECRET_KEY, user(number, '').email))),
  )
  return db
}

const settingsOf = (db: Database) => ({
  DATABASE_URL: db.url,
  COGNITO_ENDPOINT: cognito.endpoint,
  COGNITO_REGION: cognito.region,
  COGNITO_USER_POOL_ID: cognito.userPoolId,
  COGNITO_CLIENT_ID: cognito.clientId,
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  SECRET_KEY,
  AWS_SECRET_ACCESS_KEY: 'sesame',
})

async function run(db: Database, args: string[] = [], env: Record<string, string> = {}): Promise<string> {
  const lines: string[] = []
  await runImport(args, { ...settingsOf(db), ...env }, (line) => lines.push(line))
  return lines.join('\n')
}

const subOf = (number: number) => user(number, '').sub
const REPORT = [
  '  129 get a row',
  '  1 have a row already',
  '  1 have deleted their account (skipped)',
  '  1 may have been signed up by someone else and must reset their password first (skipped)',
  '  2 have a handle that is taken',
  '  2 have a malformed or reserved handle',
  '  2 have no handle',
  '  1 have not confirmed their email (skipped)',
  '  0 are disabled (skipped)',
  `  unproven: ${subOf(101)}`,
  `  taken: ${subOf(14)}`,
  `  taken: ${subOf(20)}`,
  `  malformed: ${subOf(12)}`,
  `  malformed: ${subOf(13)}`,
  `  missing: ${subOf(11)}`,
  `  missing: ${subOf(17)}`,
].join('\n')

describe('happy', () => {
  test('prints a report without --apply, writes with it, and writes nothing more when repeated', async () => {
    const db = await makeTaken()
    const output = await run(db)
    expect(output).toContain(REPORT)
    expect(output).toContain('Nothing was written')
    expect(await db.sql('select from users')).toHaveLength(2)

    expect(await run(db, ['--apply'])).toContain(REPORT)
    const made = await db.sql('select cognito_sub, handle, display_name, email from users order by cognito_sub')
    expect(made).toHaveLength(2 + 129)
    expect(made[0]).toEqual({
      cognito_sub: subOf(10),
      handle: 'anna',
      display_name: 'Person 10',
      email: 'secret10@example.com',
    })

    const signedOut = await db.sql('select cognito_sub from users where signed_out_at < now()')
    expect(signedOut).toEqual([{ cognito_sub: subOf(102) }])

    const again = await run(db, ['--apply'])
    expect(again).toContain('  0 get a row\n  130 have a row already\n')
    expect(await db.sql('select from users')).toHaveLength(2 + 129)
  })

  test('runs as a command', async () => {
    const db = await makeTaken()
    const args = ['infra/users-import.ts']
    const env = { ...process.env, ...settingsOf(db) }
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT, env })
    expect(stdout).toContain(REPORT)
  })
})

describe('error', () => {
  test('writes nothing if the pool cannot be read', async () => {
    const db = await makeTaken()
    cognito.setDown('error')
    await expect(run(db, ['--apply'])).rejects.toThrow('ListUsers: InternalErrorException')
    cognito.setDown(false)
    expect(await db.sql('select from users')).toHaveLength(2)
  })
})

describe('security', () => {
  test('prints no emails and no names', async () => {
    const db = await makeTaken()
    for (const args of [[], ['--apply']]) {
      const output = await run(db, args)
      expect(output).toContain(REPORT)
      expect(output).not.toMatch(/@|secret|Person|anna/i)
    }
  })

  test('writes to production only with --environment production', async () => {
    const db = await makeTaken()
    await writeMark(db.url, 'production')
    await expect(run(db, ['--apply'])).rejects.toThrow('add --environment staging or production.')
    await expect(run(db, ['--apply', '--environment', 'staging'])).rejects.toThrow('is production, not staging.')
    expect(await db.sql('select from users')).toHaveLength(2)
    expect(await run(db, ['--apply', '--environment', 'production'])).toContain(REPORT)
  })
})
