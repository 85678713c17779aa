import { expect, test } from 'vitest'
import type { Answer } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { runCron } from '../../support/actors/many-users.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'
import { findTextInTables } from '../../support/assertions/find-text-in-tables.ts'

const site = await openSite()
const { db, actors } = site

/** The error codes of an answer. */
const codesOf = async (answers: Promise<Answer>): Promise<string[]> =>
  (await answers).body.errors.map(({ code }: { code: string }) => code)

test('the handle of a deleted account is reserved for 90 days', async () => {
  const anna = await actors.join()
  expectStatus(await anna.deletesAccount(), 204)
  await runCron(site)
  const { handle } = anna
  expect(await findTextInTables(db, [handle]), 'stored as a hash only').toEqual({})

  const thief = { ...actors.unregistered('thief').details, handle: handle.toUpperCase() }
  expect(await codesOf(actors.visitor().post('/api/session/sign-up', thief))).toEqual(['handle_taken'])
  // Created in the pool, past our sign-up, which would refuse the handle.
  const imported = actors.unregistered('past')
  await site.cognito.addUser({ ...imported.details, handle })
  expect((await imported.signsIn()).body).toMatchObject({ viewer: null, handle_required: true })
  expect(await codesOf(imported.put('/api/profile/handle', { handle }))).toEqual(['handle_taken'])

  await db.sql("update reserved_handles set until = now() - interval '1 second'")
  await runCron(site)
  expect(await db.sql('select from reserved_handles')).toEqual([])
  expect((await imported.put('/api/profile/handle', { handle })).body.viewer.handle).toBe(handle)
})
