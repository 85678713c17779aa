import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeDatabase } from '../tests/harness/database.ts'
import { columnMismatches } from '../tests/support/assertions/column-mismatches.ts'
import type { AnyFunction } from '../worker/db/query.ts'
import { readFunctionFiles } from './function-files.ts'

const ROOT = join(import.meta.dirname, '..')
const found = readFunctionFiles()
if (!found) throw new Error('sql/functions is missing.')
const { schema, files } = found

const isFunctionCall = (value: unknown): value is AnyFunction =>
  typeof value === 'object' && value !== null && 'text' in value && String(value.text).startsWith('select * from fn_')

/** Returns every `readFunction({…})` and `writeFunction({…})` that the Worker exports. */
async function findDeclaredFunctions(): Promise<AnyFunction[]> {
  const paths = ['worker/models', 'worker/db'].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => join(ROOT, folder, name)),
  )
  const modules = await Promise.all(paths.map((path) => import(path)))
  return modules.flatMap((exports) => Object.values(exports)).filter(isFunctionCall)
}
const declared = await findDeclaredFunctions()

type FunctionDescription = {
  name: string
  is_entry: boolean
  volatility: 's' | 'v' | 'i'
  language: string
  owner: string
  settings: string[] | null
  parameters: { name: string; type: string }[]
  columns: { name: string; type: string }[]
}

let client: pg.Client
let functions: Map<string, FunctionDescription>
beforeAll(async () => {
  client = new pg.Client({ connectionString: (await makeDatabase()).url })
  await client.connect()
  const { rows } = await client.query<FunctionDescription>(
    `select proname as name, prosecdef as is_entry, provolatile as volatility, lanname as language,
       pg_get_userbyid(proowner) as owner, proconfig as settings,
       (select coalesce(json_agg(json_build_object('name', proargnames[position], 'type', format_type(type, null)) order by position), '[]')
        from unnest(coalesce(proallargtypes, proargtypes::oid[])) with ordinality as argument (type, position)
        where coalesce(proargmodes[position], 'i') = 'i') as parameters,
       (select coalesce(json_agg(json_build_object('name', proargnames[position], 'type', format_type(type, null)) order by position), '[]')
        from unnest(proallargtypes) with ordinality as argument (type, position)
        where proargmodes[position] in ('o', 't')) as columns
     from pg_proc join pg_language on pg_language.oid = prolang
     where pronamespace = $1::regnamespace`,
    [schema],
  )
  functions = new Map(rows.map((row) => [row.name, row]))
})
afterAll(() => client.end())

test('the Worker declares exactly the entry functions, each once', () => {
  const entries = [...functions.values()].filter(({ is_entry }) => is_entry).map(({ name }) => name)
  expect(declared.map(({ name }) => name).sort()).toEqual(entries.sort())
  expect(entries.length).toBeGreaterThan(0)
})

describe.each(declared.map((query) => [query.name, query] as const))('%s', (name, query) => {
  test('has the parameters and columns that the Worker declares', () => {
    const described = functions.get(name)
    const parameters = Object.entries(query.params).map(([key, type]) => ({ name: key, type: type.replace('?', '') }))
    expect(described?.parameters).toEqual(parameters)
    expect(columnMismatches(described?.columns ?? [], query.row)).toEqual([])
  })

  test('has viewer_sub as its first parameter, if it has one', () => {
    const index = Object.keys(query.params).indexOf('viewer_sub')
    expect(query.requiresViewer ? [0] : [0, -1]).toContain(index)
  })

  test('runs with the rights of cruddur_functions and a fixed search_path, and only the Worker may call it', async () => {
    const described = functions.get(name)
    expect(described?.owner).toBe('cruddur_functions')
    expect(described?.settings).toContain(`search_path=${schema}, public, pg_temp`)
    const { rows } = await client.query(
      `select has_function_privilege('public', oid, 'execute') as anybody,
         has_function_privilege('cruddur_worker', oid, 'execute') as worker
       from pg_proc where pronamespace = $1::regnamespace and proname = $2`,
      [schema, name],
    )
    expect(rows).toEqual([{ anybody: false, worker: true }])
  })

  test('uses a generic plan if it reads', () => {
    const { volatility, settings } = functions.get(name) ?? {}
    expect(volatility).toBe(query.kind === 'read' ? 's' : 'v')
    if (query.kind === 'read') {
      expect(settings).toContain('plan_cache_mode=force_generic_plan')
      expect(settings).toContain('enable_memoize=off')
    }
  })
})

test('no helper has settings, which would prevent inlining', () => {
  const helpers = [...functions.values()].filter(({ is_entry }) => !is_entry)
  expect(helpers.filter(({ settings }) => settings !== null)).toEqual([])
})

test.each(files)('$path begins with a comment and creates its function', ({ name, sql }) => {
  expect(sql).toMatch(/^-- [A-Z]/)
  expect(sql).toContain(`create or replace function ${name}(`)
  expect(sql).not.toMatch(/\bselect\s+\*/i)
})

// A row of a table has columns that nobody may see, such as emails.
test.each(files)('$path makes no row of a table JSON', ({ sql }) => {
  const aliases = [...sql.matchAll(/row_to_json\((\w+)\)/g)].map(([, alias]) => alias)
  const ofTables = aliases.filter((name) => new RegExp(`(from|join) (?!lateral)\\w+ ${name}\\b`).test(sql))
  expect(ofTables).toEqual([])
})

// Postgres checks the body of a plpgsql function only when it runs, so test the names of constraints here.
test('every constraint that a function names exists', async () => {
  const named = files.flatMap(({ sql }) => [...sql.matchAll(/on constraint (\w+)/g)].map(([, name]) => name))
  const { rows } = await client.query<{ conname: string }>('select conname from pg_constraint')
  const known = new Set(rows.map(({ conname }) => conname))
  expect(named.filter((name = '') => !known.has(name))).toEqual([])
  expect(named.length).toBeGreaterThan(0)
})

test('the Worker’s role may access no table', async () => {
  const { rows } = await client.query(
    `select relname from pg_class
     where relkind = 'r' and relnamespace = 'public'::regnamespace
       and has_table_privilege('cruddur_worker', oid, 'select, insert, update, delete')`,
  )
  expect(rows).toEqual([])
})
