import type { Database } from '../../harness/database.ts'

/** Counts the rows of each table that contain one of the words in any column; omits tables without such rows. */
export async function findTextInTables(db: Database, words: string[]): Promise<Record<string, number>> {
  const tables = await db.sql<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  )
  const counts = tables.map(
    ({ name }) => `select '${name}' as name, count(*)::integer as found from ${name} row where row::text like any($1)`,
  )
  const rows = await db.sql<{ name: string; found: number }>(counts.join(' union all '), [
    words.map((word) => `%${word}%`),
  ])
  return Object.fromEntries(rows.flatMap(({ name, found }) => (found > 0 ? [[name, found]] : [])))
}
