import { inject } from 'vitest'
import './provided.ts'

/** A row by column: counts are numbers, times and uuids are strings. */
export type Row = Record<string, unknown>

/** One test file's own database. */
export type Database = {
  /** postgres:// URL of the owner, with the password. */
  url: string
  /** The same for the Worker's role, which may execute entry functions and touch no table. */
  workerUrl: string
  /** Runs one statement as the owner, with `$n` parameters. */
  sql<T extends Row = Row>(text: string, params?: unknown[]): Promise<T[]>
}

/**
 * Creates a database from the migrated template, or from another: `template0` gives an empty one.
 * It speaks SQL over HTTP, so that it works in Node and in workerd.
 */
export async function makeDatabase(template = inject('postgres').template): Promise<Database> {
  const { url, workerLogin } = inject('postgres')
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  await query(url, `create database ${name} template ${template} strategy wal_log`, [])
  const ownerUrl = new URL(url)
  ownerUrl.pathname = `/${name}`
  const { user: username, password } = workerLogin
  const workerUrl = Object.assign(new URL(ownerUrl), { username, password }).href
  return { url: ownerUrl.href, workerUrl, sql: (text, params = []) => query(ownerUrl.href, text, params) }
}

async function query<T extends Row>(database: string, query: string, params: unknown[]): Promise<T[]> {
  const response = await fetch(inject('postgres').neonEndpoint, {
    method: 'POST',
    headers: { 'neon-connection-string': database, 'content-type': 'application/json' },
    body: JSON.stringify({ query, params }),
  })
  const answer = (await response.json()) as { rows: T[]; message?: string }
  if (!response.ok) throw new Error(`${answer.message} in: ${query}`)
  return answer.rows
}
