import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { startPostgres } from '../local/postgres.ts'
import { migrate } from './migrate.ts'
import { CATALOG_QUERIES } from './schema-catalog.ts'

const SCHEMA_FILE = fileURLToPath(new URL('./schema.sql', import.meta.url))
const HEADER = `-- Generated from the migrations by \`node sql/schema.ts\`: what the database looks like after all of them.
-- For reading and for the diff of a change; it is never run.
`

/** The schema `public` of a migrated database as SQL text: the same text for the same schema, whatever the order in
 * which it came about. */
export async function describeSchema(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    // Names outside the search path are written in full, those in it are not.
    await client.query('set search_path = public')
    const sections: string[] = []
    for (const query of CATALOG_QUERIES) {
      const { rows } = await client.query<{ definition: string }>(query)
      sections.push(...rows.map(({ definition }) => definition.trimEnd()))
    }
    return `${HEADER}\n${sections.join('\n\n')}\n`
  } finally {
    await client.end()
  }
}

/** The schema that the migrations of this checkout make, from an empty database of its own. */
export async function describeMigrations(): Promise<string> {
  const postgres = await startPostgres({ port: 0, durable: false })
  try {
    await migrate(postgres.url)
    return await describeSchema(postgres.url)
  } finally {
    await postgres.stop()
  }
}

if (import.meta.main) {
  const url = process.env.DATABASE_URL
  const schema = await (url ? describeSchema(url) : describeMigrations())
  if (!process.argv.includes('--check')) {
    writeFileSync(SCHEMA_FILE, schema)
  } else if (readSchemaFile() !== schema) {
    console.error('sql/schema.sql is stale: run `node sql/schema.ts` and commit it.')
    process.exitCode = 1
  }
}

function readSchemaFile(): string | null {
  try {
    return readFileSync(SCHEMA_FILE, 'utf8').replaceAll('\r\n', '\n')
  } catch {
    return null
  }
}
