import { expect, test } from 'vitest'
import { migrate } from '../sql/migrate.ts'
import { HistoryError } from '../sql/migrations.ts'
import { makeDatabase } from '../tests/harness/database.ts'
import { renameOldDatabase } from './old-data.ts'

test('renames a database whose migrations are missing, and creates an empty one', async () => {
  const db = await makeDatabase()
  await db.sql(`insert into schema_migrations (name, checksum) values ('0000_older.sql', 'sum')`)
  await db.sql(`insert into trending_tags (tag, score) values ('kept', 1)`)
  await expect(migrate(db.url)).rejects.toThrow(HistoryError)

  const oldName = await renameOldDatabase(db.url)
  expect((await migrate(db.url)).length).toBeGreaterThan(0)
  expect(await db.sql('select tag from trending_tags')).toEqual([])
  const [found] = await db.sql('select count(*)::integer as n from pg_database where datname = $1', [oldName])
  expect(found).toEqual({ n: 1 })
})
