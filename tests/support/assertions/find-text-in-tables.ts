import type { Database } from '../../harness/database.ts'

/** How many rows of each table have one of the words anywhere in them; tables without are left out. */
export async function findTextInTables(db: Database, words: string[]): Promise<Record<string, number>> {
  const tables = await db.sql<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  )
  const each = tables.map(
    ({ name }) => `select '${name}' as name, count(*)::integer as found from ${name} row where row::text like any($1)`,
  )
  const rows = await db.sql<{ name: string; found: number }>(each.join(' union all '), [
    words.map((word) => `%${word}%`),
  ])
  return Object.fromEntries(rows.flatMap(({ name, found }) => (found > 0 ? [[name, found]] : [])))
}
