import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of this checkout's functions. */
export const FUNCTIONS = fileURLToPath(new URL('./functions', import.meta.url))
/** Where the Worker's bundle finds the name of its schema. */
const SCHEMA_FILE = fileURLToPath(new URL('../dist/functions-schema.json', import.meta.url))

/** One file of the folder: `<noun>/<name>.sql` creates the function `<name>`. */
export interface FunctionFile {
  path: string
  name: string
  sql: string
}

/** The functions of a release and the schema that they live in. */
export interface FunctionFiles {
  /** `fn_` and the first 12 hexadecimal digits of the folder's SHA-256: another text, another schema. */
  schema: string
  files: FunctionFile[]
}

/** Reads a folder of functions; null when a checkout has none. */
export function readFunctionFiles(folder = FUNCTIONS): FunctionFiles | null {
  if (!existsSync(folder)) return null
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.sql'))
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => ({
      path,
      name: path.slice(path.lastIndexOf('/') + 1, -'.sql'.length),
      // The same hash whatever line ends git gave the file.
      sql: readFileSync(join(folder, path), 'utf8').replaceAll('\r\n', '\n'),
    }))
  const hash = createHash('sha256')
  for (const { path, sql } of files) hash.update(`${path}\0${sql}\0`)
  return { schema: `fn_${hash.digest('hex').slice(0, 12)}`, files }
}

/** Writes the name of this checkout's schema for the bundle. */
export function writeFunctionsSchema(): void {
  const found = readFunctionFiles()
  if (!found) throw new Error(`${FUNCTIONS} is missing.`)
  const text = JSON.stringify({ schema: found.schema })
  // Rewriting the same text would make a watching bundler build again.
  if (existsSync(SCHEMA_FILE) && readFileSync(SCHEMA_FILE, 'utf8') === text) return
  mkdirSync(join(SCHEMA_FILE, '..'), { recursive: true })
  writeFileSync(SCHEMA_FILE, text)
}

if (import.meta.main) writeFunctionsSchema()
