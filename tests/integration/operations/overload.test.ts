import { expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'
import { holdTransaction, inParallel } from '../../support/faults/held-transaction.ts'

const site = await openSite()

test('past 128 batches at once more are refused at once, and all goes well again after', async () => {
  const held = await holdTransaction(site.db)
  await held.sql('lock table activities in access exclusive mode')
  let answered = 0
  const answers = inParallel(200, async () => {
    const answer = await site.actors.visitor().get('/api/activities/everyone')
    answered += 1
    // So many are refused while none of the others has an answer.
    if (answered === 200 - 128) await held.commit()
    return answer
  })
  const statuses = (await answers).map(({ status }) => status)
  expect(statuses.filter((status) => status === 503)).toHaveLength(200 - 128)
  expect(statuses.filter((status) => status === 200)).toHaveLength(128)
  const refused = (await answers).find(({ status }) => status === 503)
  expect(refused?.body.errors).toEqual([{ code: 'overloaded' }])
  expect(refused?.headers.get('retry-after')).toBe('1')
  expectStatus(await site.actors.visitor().get('/api/activities/everyone'), 200)
})
