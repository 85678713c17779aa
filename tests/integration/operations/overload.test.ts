import { expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'
import { holdTransaction, inParallel } from '../../support/faults/held-transaction.ts'

const site = await openSite()

test('beyond 128 concurrent batches requests answer 503 at once, and all works again afterwards', async () => {
  const transaction = await holdTransaction(site.db)
  await transaction.sql('lock table activities in access exclusive mode')
  let answered = 0
  const answers = inParallel(200, async () => {
    const answer = await site.actors.visitor().get('/api/activities/everyone')
    answered += 1
    // These are rejected while the others still wait.
    if (answered === 200 - 128) await transaction.commit()
    return answer
  })
  const statuses = (await answers).map(({ status }) => status)
  expect(statuses.filter((status) => status === 503)).toHaveLength(200 - 128)
  expect(statuses.filter((status) => status === 200)).toHaveLength(128)
  const rejected = (await answers).find(({ status }) => status === 503)
  expect(rejected?.body.errors).toEqual([{ code: 'overloaded' }])
  expect(rejected?.headers.get('retry-after')).toBe('1')
  expectStatus(await site.actors.visitor().get('/api/activities/everyone'), 200)
})
