import { beforeEach, expect, test } from 'vitest'
import { type Database, makeDatabase } from '../../tests/harness/database.ts'
import { makeJobEnv } from '../../tests/harness/worker-env.ts'
import type { Env } from '../env.ts'
import { removeUnusedAvatars } from './remove-avatars.ts'

let db: Database
let env: Env
/** A fake R2 bucket: upload times by key; fails while it is down. */
const bucket = { isDown: false, objects: new Map<string, Date>() }
beforeEach(async () => {
  db = await makeDatabase()
  bucket.isDown = false
  bucket.objects.clear()
  const AVATARS = {
    async delete(keys: string[]) {
      if (bucket.isDown) throw new Error('The bucket is down')
      for (const key of keys) bucket.objects.delete(key)
    },
    async list({ prefix, limit }: { prefix: string; limit: number }) {
      const found = [...bucket.objects].filter(([key]) => key.startsWith(prefix)).slice(0, limit)
      return { objects: found.map(([key, uploaded]) => ({ key, uploaded })) }
    },
  }
  env = makeJobEnv(db, AVATARS)
})

const stores = (minutesAgo: number, ...keys: string[]) => {
  for (const key of keys) bucket.objects.set(key, new Date(Date.now() - minutesAgo * 60_000))
}
const stored = () => [...bucket.objects.keys()].sort()
const replaces = (...keys: string[]) =>
  db.sql('insert into image_removals (avatar_key) select unnest($1::text[])', [keys])

test('deletes replaced avatars and their removal rows', async () => {
  const many = Array.from({ length: 1_400 }, (_, i) => `old${i}`)
  await replaces(...many, 'removed already')
  stores(0, ...many.map((key) => `avatars/${key}`), 'avatars/current')
  await removeUnusedAvatars(env, -1)
  expect(stored()).toHaveLength(401)
  await removeUnusedAvatars(env, 20_000)
  expect(stored()).toEqual(['avatars/current'])
  expect(await db.sql('select from image_removals')).toEqual([])
})

test('keeps the removal rows while the bucket is down', async () => {
  await replaces('old')
  stores(0, 'avatars/old')
  bucket.isDown = true
  await expect(removeUnusedAvatars(env, 20_000)).rejects.toThrow('pictures_unavailable')
  expect(await db.sql('select avatar_key from image_removals')).toEqual([{ avatar_key: 'old' }])
  bucket.isDown = false
  await removeUnusedAvatars(env, 20_000)
  expect(stored()).toEqual([])
})

test('deletes marked avatars after an hour, unless a user has them', async () => {
  await db.sql(
    `insert into users (cognito_sub, handle, display_name, email, avatar_key) values ('anna', 'anna', 'Anna', 'a', 'named')`,
  )
  stores(61, 'avatars/named', 'unsure/named', 'avatars/unnamed', 'unsure/unnamed', 'unsure/never-there')
  stores(61, 'avatars/unmarked')
  stores(59, 'avatars/young', 'unsure/young')
  await removeUnusedAvatars(env, 20_000)
  expect(stored()).toEqual(['avatars/named', 'avatars/unmarked', 'avatars/young', 'unsure/young'])
})
