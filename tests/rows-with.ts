import type { Database } from './harness/database.ts'

/** How many rows of each table have one of the words anywhere in them; tables without are left out. */
export async function rowsWith(db: Database, words: string[]): Promise<Record<string, number>> {
  const tables = await db.sql<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  )
  const counts: Record<string, number> = {}
  for (const { name } of tables) {
    const rows = await db.sql(`select from ${name} row where row::text like any($1)`, [
      words.map((word) => `%${word}%`),
    ])
    if (rows.length > 0) counts[name] = rows.length
  }
  return counts
}
