import { expect, test } from 'vitest'
import { LAUNCHED_AT, notFoundOrGone } from './not-found-or-gone.ts'

/** Returns a uuid whose first 48 bits are the time, in ms. */
function uuidAt(time: number, version = 7): string {
  const hex = time.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-${version}abc-8abc-0123456789ab`
}

test.each([
  ['of now', uuidAt(Date.now()), 'gone'],
  ['of the launch', uuidAt(LAUNCHED_AT), 'gone'],
  ['of now in capitals', uuidAt(Date.now()).toUpperCase(), 'gone'],
  ['older than the launch', uuidAt(LAUNCHED_AT - 1), 'not_found'],
  ['of the future', uuidAt(Date.now() + 60_000), 'not_found'],
  ['of version 4', uuidAt(Date.now(), 4), 'not_found'],
  ['of version 1', uuidAt(Date.now(), 1), 'not_found'],
  ['nil', '00000000-0000-0000-0000-000000000000', 'not_found'],
  ['max', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 'not_found'],
  ['that is random', crypto.randomUUID(), 'not_found'],
])('a uuid %s is %s', (_, uuid, code) => {
  const error = notFoundOrGone(uuid)
  expect(error.items).toEqual([{ code }])
  expect(error.status).toBe(code === 'gone' ? 410 : 404)
})
