import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the SQL functions. */
export const FUNCTIONS = fileURLToPath(new URL('./functions', import.meta.url))
/** File with the name of the functions' schema, which the Worker's bundle imports. */
const SCHEMA_FILE = fileURLToPath(new URL('../dist/functions-schema.json', import.meta.url))

/** A file of the folder: `<noun>/<name>.sql` creates the function `<name>`. */
export interface FunctionFile {
  path: string
  name: string
  sql: string
}

/** The functions of a release, and their Postgres schema. */
export interface FunctionFiles {
  /** `fn_` and the first 12 hex digits of the folder's SHA-256, so that each version has its own schema. */
  schema: string
  files: FunctionFile[]
}

/** Reads a folder of functions; null if it does not exist (in old checkouts). */
export function readFunctionFiles(folder = FUNCTIONS): FunctionFiles | null {
  if (!existsSync(folder)) return null
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.sql'))
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => ({
      path,
      name: path.slice(path.lastIndexOf('/') + 1, -'.sql'.length),
      // The same hash with CRLF line endings.
      sql: readFileSync(join(folder, path), 'utf8').replaceAll('\r\n', '\n'),
    }))
  const hash = createHash('sha256')
  for (const { path, sql } of files) hash.update(`${path}\0${sql}\0`)
  return { schema: `fn_${hash.digest('hex').slice(0, 12)}`, files }
}

/** Writes the schema's name to dist/ for the bundle. */
export function writeFunctionsSchema(): void {
  const found = readFunctionFiles()
  if (!found) throw new Error(`${FUNCTIONS} is missing.`)
  const text = JSON.stringify({ schema: found.schema })
  // Do not rewrite the same text: a watching bundler would rebuild.
  if (existsSync(SCHEMA_FILE) && readFileSync(SCHEMA_FILE, 'utf8') === text) return
  mkdirSync(join(SCHEMA_FILE, '..'), { recursive: true })
  writeFileSync(SCHEMA_FILE, text)
}

if (import.meta.main) writeFunctionsSchema()
