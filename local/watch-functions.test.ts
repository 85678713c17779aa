import { utimesSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { FUNCTIONS } from '../sql/function-files.ts'
import { makeDatabase } from '../tests/harness/database.ts'
import { watchFunctions } from './watch-functions.ts'

test('installs the functions again when one of their files changes', async () => {
  const db = await makeDatabase('template0')
  const lines: string[] = []
  const errors: unknown[] = []
  const watching = watchFunctions(
    db.url,
    (line) => lines.push(line),
    (error) => errors.push(error),
  )
  // A new modification time is a change for the watcher, even with the same text.
  utimesSync(join(FUNCTIONS, 'clock/read_clock.sql'), new Date(), new Date())
  await vi.waitFor(() => expect(lines.at(-1)).toMatch(/^installed \d+ functions as fn_[0-9a-f]{12}$/), 10_000)
  await watching.stop()
  expect(errors).toEqual([])
})
