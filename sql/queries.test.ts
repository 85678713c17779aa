import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { columnFaults } from '../tests/harness/column-faults.ts'
import { makeDatabase } from '../tests/harness/database.ts'
import { describeStatement } from '../tests/harness/describe-statement.ts'
import type { Parameters, Query } from '../worker/db/query.ts'

const ROOT = join(import.meta.dirname, '..')

type AnyQuery = Query<Parameters, unknown>
type Declared = { name: string; query: AnyQuery }

const isQuery = (value: unknown): value is AnyQuery =>
  typeof value === 'object' &&
  value !== null &&
  'text' in value &&
  'params' in value &&
  'row' in value &&
  !String(value.text).startsWith('select * from fn_')

/** Every `query({…})` that the Worker exports. */
async function findDeclared(): Promise<Declared[]> {
  const files = ['worker/models', 'worker/db'].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => `${folder}/${name}`),
  )
  const modules = await Promise.all(files.map(async (file) => [file, await import(join(ROOT, file))] as const))
  return modules.flatMap(([file, exports]) =>
    Object.entries(exports as Record<string, unknown>)
      .filter((entry): entry is [string, AnyQuery] => isQuery(entry[1]))
      .map(([name, query]) => ({ name: `${file}: ${name}`, query })),
  )
}

const files = readdirSync(join(ROOT, 'sql/queries'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => ({ name: relative(join(ROOT, 'sql/queries'), path), text: readFileSync(path, 'utf8') }))
const declared = await findDeclared()
const declarationsOf = ({ text }: { text: string }) => declared.filter(({ query }) => query.text === text)
const pairs = files.flatMap((file) => declarationsOf(file).map((only) => ({ ...file, only })))

let client: pg.Client
beforeAll(async () => {
  client = new pg.Client({ connectionString: (await makeDatabase()).url })
  await client.connect()
})
afterAll(() => client.end())

test('every file of sql/queries is declared by exactly one query({…})', () => {
  const wrong = files.filter((file) => declarationsOf(file).length !== 1)
  expect(wrong.map((file) => `${file.name}: ${declarationsOf(file).map(({ name }) => name)}`)).toEqual([])
  expect(files.length).toBeGreaterThan(10)
})

test('every query({…}) is of a file of sql/queries', () => {
  const strays = declared.filter(({ query }) => !files.some((file) => file.text === query.text))
  expect(strays.map(({ name }) => name)).toEqual([])
})

describe.each(pairs)('$name', ({ name, text, only }) => {
  const params = Object.entries(only.query.params)
  const statement = text.replace(/^--.*$/gm, '')
  const header = text.match(/^(--.*\n)+/)?.[0] ?? ''

  test('fits the schema: parameters and columns are as declared', async () => {
    const described = await describeStatement(client, text)
    expect(described.parameters).toEqual(params.map(([, type]) => type.replace('?', '')))
    expect(columnFaults(described.columns, only.query.row)).toEqual([])
  })

  test('casts every parameter, and explains it in its header', () => {
    const uncast = statement.match(/\$\d+(?!\d|::)/g) ?? []
    expect(uncast).toEqual([])
    const explained = params.map(([param, type], index) => `$${index + 1} ${param} ${type.replace('?', '')}`)
    expect(explained.filter((words) => !header.includes(words))).toEqual([])
  })

  test('is one statement that names its columns, and says what it is for', () => {
    expect(name).toMatch(/^[a-z_]+\/[a-z_]+\.sql$/)
    expect(`${only.query.name}.sql`).toBe(name)
    expect(statement).not.toMatch(/\bselect\s+\*|\.\*/i)
    expect(header).toMatch(/^-- [A-Z]/)
    expect(statement).not.toContain(';')
  })

  test('takes the viewer first, where it needs one', () => {
    const names = params.map(([param]) => param)
    const places = [names.indexOf('viewer_sub'), names.indexOf('viewer_auth_time')]
    const allowed = only.query.requiresViewer ? ['0,1'] : ['0,1', '0,-1', '-1,-1']
    expect(allowed).toContain(places.join())
  })
})
