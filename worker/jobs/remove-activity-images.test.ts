import { beforeEach, expect, test } from 'vitest'
import { type Database, makeDatabase } from '../../tests/harness/database.ts'
import { makeJobEnv } from '../../tests/harness/worker-env.ts'
import type { Env } from '../env.ts'
import { removeActivityImages } from './remove-activity-images.ts'

let db: Database
let env: Env
/** A fake R2 bucket, which fails while it is down, or after it has deleted. */
const bucket = { isDown: false, breaksOff: false, keys: new Set<string>() }
beforeEach(async () => {
  db = await makeDatabase()
  Object.assign(bucket, { isDown: false, breaksOff: false, keys: new Set() })
  env = makeJobEnv(db, {
    async delete(keys: string[]) {
      if (bucket.isDown) throw new Error('The bucket is down')
      for (const key of keys) bucket.keys.delete(key)
      if (bucket.breaksOff) throw new Error('The answer was lost')
    },
  })
})

/** Queues the removal of images, and stores their objects. `settled`: their uploads have surely ended. */
async function queues(count: number, settled: boolean): Promise<void> {
  const rows = await db.sql<{ image_uuid: string }>(
    `insert into activity_image_removals (image_uuid, settles_at)
     select uuidv7(), now() + case when $2 then interval '-1 second' else interval '10 minutes' end
     from generate_series(1, $1) returning image_uuid`,
    [count, settled],
  )
  for (const { image_uuid } of rows) bucket.keys.add(`images/${image_uuid}`)
}
const queued = () => db.sql<{ removed_at: string | null }>('select removed_at from activity_image_removals')

test('deletes all queued objects, more than one call takes', async () => {
  await queues(1_400, true)
  await removeActivityImages(env, 20_000)
  expect(bucket.keys.size).toBe(0)
  expect(await queued()).toEqual([])
})

test('keeps the row of an upload that may still be running, to delete its object once more', async () => {
  await queues(1, false)
  await removeActivityImages(env, 20_000)
  expect(bucket.keys.size).toBe(0)
  expect(await queued()).toEqual([{ removed_at: expect.anything() }])
})

test('keeps all rows while the bucket is down or its answers are lost, and deletes later', async () => {
  await queues(3, true)
  for (const fault of ['isDown', 'breaksOff'] as const) {
    bucket[fault] = true
    await expect(removeActivityImages(env, 20_000)).rejects.toThrow('pictures_unavailable')
    expect(await queued()).toHaveLength(3)
    bucket[fault] = false
  }
  await removeActivityImages(env, 20_000)
  expect(bucket.keys.size).toBe(0)
  expect(await queued()).toEqual([])
})
