import { beforeEach, expect, inject, test } from 'vitest'
import { type Database, makeDatabase } from '../../tests/harness/database.ts'
import '../../tests/harness/provided.ts'
import { makeJobEnv } from '../../tests/harness/worker-env.ts'
import { seal } from '../auth/cookies/seal.ts'
import { revokeSessions } from './revoke-sessions.ts'

const { endpoint, clientId } = inject('pool')

let db: Database
beforeEach(async () => {
  db = await makeDatabase()
})

const envOf = (settings: Record<string, string> = {}) =>
  makeJobEnv(db, {}, { COGNITO_ENDPOINT: endpoint, COGNITO_CLIENT_ID: clientId, ...settings })

/** Adds ended sessions, each with a refresh token to revoke. */
async function ended(...tokens: [hash: string, token: string][]): Promise<void> {
  for (const [hash, token] of tokens) {
    await db.sql(
      `insert into sessions (hash, browser, ended_at, sealed_refresh_token) values ($1, 'x', clock_timestamp(), $2)`,
      [hash, await seal(envOf(), token, hash)],
    )
  }
}

const rows = () =>
  db.sql<{ hash: string; revoked: boolean; sealed: boolean }>(
    `select hash, revoked_at is not null as revoked, sealed_refresh_token is not null as sealed from sessions order by hash`,
  )

test('revokes each token at Cognito and deletes it', async () => {
  await ended(['one', 'a refresh token'], ['two', 'another'])
  await revokeSessions(envOf(), 45_000)
  expect(await rows()).toEqual([
    { hash: 'one', revoked: true, sealed: false },
    { hash: 'two', revoked: true, sealed: false },
  ])
})

test('does nothing without ended sessions', async () => {
  await revokeSessions(envOf(), 45_000)
  expect(await rows()).toEqual([])
})

test('deletes a token that Cognito cannot revoke, without counting it as revoked', async () => {
  await ended(['one', 'not.a.refreshtoken'], ['two', 'a refresh token'])
  await revokeSessions(envOf(), 45_000)
  expect(await rows()).toEqual([
    { hash: 'one', revoked: false, sealed: false },
    { hash: 'two', revoked: true, sealed: false },
  ])
})

test('deletes a token that cannot be decrypted, and revokes the others', async () => {
  await ended(['one', 'a refresh token'], ['two', 'another'])
  await db.sql(`update sessions set sealed_refresh_token = 'AAAA' where hash = 'one'`)
  await revokeSessions(envOf(), 45_000)
  expect(await rows()).toEqual([
    { hash: 'one', revoked: false, sealed: false },
    { hash: 'two', revoked: true, sealed: false },
  ])
})

test('throws for a wrong setting and keeps all tokens', async () => {
  await ended(['one', 'a refresh token'], ['two', 'another'])
  const misconfigured = revokeSessions(envOf({ COGNITO_CLIENT_ID: 'another' }), 45_000)
  await expect(misconfigured).rejects.toThrow('identity_misconfigured')
  expect(await rows()).toEqual([
    { hash: 'one', revoked: false, sealed: true },
    { hash: 'two', revoked: false, sealed: true },
  ])
})

test('two concurrent runs revoke each token', async () => {
  await ended(['one', 'a refresh token'], ['two', 'another'])
  await Promise.all([revokeSessions(envOf(), 45_000), revokeSessions(envOf(), 45_000)])
  expect((await rows()).map(({ revoked }) => revoked)).toEqual([true, true])
})
