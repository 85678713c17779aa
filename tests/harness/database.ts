import { inject } from 'vitest'
import './provided.ts'

/** A row as Postgres' text format has it turned to JSON: counts are numbers, times and uuids are strings. */
export type Row = Record<string, unknown>

/** One test file's own database. */
export type Database = {
  /** postgres:// address of its owner, with the password. */
  url: string
  /** The same of the Worker's role, which may execute entry functions and touch no table. */
  workerUrl: string
  /** Runs one statement with `$n` parameters, past the Worker; times come and go as Postgres writes them. */
  sql<T extends Row = Row>(text: string, params?: unknown[]): Promise<T[]>
}

/** Makes a database from the migrated template, or from another: `template0` gives an empty one. Works in Node and in workerd: it speaks SQL over HTTP. */
export async function makeDatabase(template = inject('postgres').template): Promise<Database> {
  const { url, workerLogin } = inject('postgres')
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  await ask(url, `create database ${name} template ${template} strategy wal_log`, [])
  const own = new URL(url)
  own.pathname = `/${name}`
  const { user: username, password } = workerLogin
  const workerUrl = Object.assign(new URL(own), { username, password }).href
  return { url: own.href, workerUrl, sql: (text, params = []) => ask(own.href, text, params) }
}

async function ask<T extends Row>(database: string, query: string, params: unknown[]): Promise<T[]> {
  const response = await fetch(inject('postgres').neonEndpoint, {
    method: 'POST',
    headers: { 'neon-connection-string': database, 'content-type': 'application/json' },
    body: JSON.stringify({ query, params }),
  })
  const answer = (await response.json()) as { rows: T[]; message?: string }
  if (!response.ok) throw new Error(`${answer.message} in: ${query}`)
  return answer.rows
}
