import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { ROOT } from '../local/settings.ts'
import { type Database, makeDatabase } from '../tests/harness/database.ts'
import { runCommand } from './db.ts'
import { writeMark } from './environment.ts'
import { readFunctionFiles } from './function-files.ts'
import { MIGRATIONS, readMigrations } from './migrations.ts'

const SCRIPT = join(import.meta.dirname, 'db.ts')
const MIGRATIONS_COUNT = readMigrations(MIGRATIONS).length
const folder = mkdtempSync(join(tmpdir(), 'cruddur-db-'))
afterAll(() => rmSync(folder, { recursive: true }))

let db: Database

type CommandResult = { code: number; output: string }

/** Runs a command as `npm run db:*` does, but in this process. */
async function run(args: string[], env: Record<string, string> = {}): Promise<CommandResult> {
  const lines: string[] = []
  try {
    const code = await runCommand(args, { DATABASE_URL: db.url, ...env }, (line) => lines.push(line))
    return { code, output: lines.join('\n') }
  } catch (error) {
    return { code: 1, output: (error as Error).message }
  }
}

/** Runs a command as its own process. */
function spawn(args: string[], env: Record<string, string>): Promise<CommandResult> {
  return new Promise((resolve) => {
    execFile(process.execPath, [SCRIPT, ...args], { env: { ...process.env, ...env } }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr })
    })
  })
}

/** Returns the variables of the same database by a host that is not a loopback address. */
function remoteEnv(): Record<string, string> {
  const url = new URL(db.url)
  url.hostname = '0.0.0.0'
  return { DATABASE_URL: url.href }
}

const count = async (table: string) => (await db.sql(`select count(*)::integer from ${table}`))[0]?.count

describe('happy', () => {
  beforeEach(async () => {
    db = await makeDatabase('template0')
  })

  test('migrates, seeds and resets a database', async () => {
    expect((await run(['status'])).output).toContain(`0 applied, ${MIGRATIONS_COUNT} pending`)
    const [one, two] = await Promise.all([run(['migrate']), run(['migrate'])])
    expect([one.code, two.code]).toEqual([0, 0])
    const lines = `${one.output}\n${two.output}`.match(/^applied \d{4}_\w+\.sql in \d+ ms$/gm)
    expect(lines).toHaveLength(MIGRATIONS_COUNT)
    expect((await run(['status'])).output).toMatch(
      new RegExp(`^127.0.0.1:\\d+/test_\\w+: development\\n[^]*\\n${MIGRATIONS_COUNT} applied, 0 pending$`),
    )
    expect((await run(['seed'])).output).toMatch(/^\d+ users, \d+ new activities$/)
    expect(await count('users')).toBeGreaterThan(5)
    const subs = await db.sql('select cognito_sub from users order by handle')
    expect((await run(['seed'])).output).toContain(', 0 new activities')
    expect(await db.sql('select cognito_sub from users order by handle')).toEqual(subs)

    expect(await run(['reset'])).toMatchObject({ code: 0, output: expect.stringContaining('emptied 127.0.0.1:') })
    expect(await count('users')).toBe(0)
    expect((await run(['status'])).output).toContain(`${MIGRATIONS_COUNT} applied, 0 pending`)
  })

  test('status shows the functions of each release and which are live', async () => {
    const own = readFunctionFiles()?.schema
    expect((await run(['status'])).output).toContain(`  ${own}  not installed, of this checkout\n`)
    expect((await run(['live'])).output).toBe(`${own} is not installed here: run npm run db:migrate first.`)
    await run(['migrate'])
    await db.sql(
      `insert into releases (functions_schema, installed_at, live_at) values ('fn_before', '2026-01-02', now())`,
    )
    const lines = async () => (await run(['status'])).output.split('\n').filter((line) => line.startsWith('  fn_'))
    expect(await lines()).toEqual([
      expect.stringMatching(new RegExp(`^  ${own}  [\\dT:.-]+Z  of this checkout$`)),
      expect.stringMatching(/^ {2}fn_before {2}2026-01-0[\dT:.-]+Z {2}live$/),
    ])
    expect((await run(['live'])).output).toBe(`${own} is live`)
    expect(await lines()).toEqual([
      expect.stringMatching(/Z {2}live, of this checkout$/),
      expect.stringMatching(/^ {2}fn_before {2}2026-01-0[\dT:.-]+Z$/),
    ])
  })

  test('resets a remote staging database with --environment staging, and keeps its mark', async () => {
    const remote = remoteEnv()
    expect((await run(['migrate', '--environment', 'staging'], remote)).code).toBe(0)
    expect((await run(['seed', '--environment', 'staging'], remote)).code).toBe(0)
    expect((await run(['reset', '--environment', 'staging'], remote)).code).toBe(0)
    expect(await count('users')).toBe(0)
    expect((await run(['status'], remote)).output).toMatch(/^0\.0\.0\.0:\d+\/test_\w+: staging\n/)
  })

  test('connect runs psql without the password on its command line', async () => {
    const psql = join(folder, 'psql')
    writeFileSync(
      psql,
      '#!/bin/sh\necho "$@"\necho "$PGHOST $PGUSER $PGDATABASE $PGSSLMODE"\n[ "$PGPASSWORD" = sesame ] && exit 3\n',
    )
    chmodSync(psql, 0o755)
    const role = `reader_${randomUUID().replaceAll('-', '')}`
    await db.sql(`create role ${role} login password 'sesame'`)
    const url = Object.assign(new URL(db.url), { username: role, password: 'sesame', search: '?sslmode=disable' })
    const env = { DATABASE_URL: url.href, PATH: `${folder}:${process.env.PATH}` }
    const { code, output } = await spawn(['connect'], env)
    expect(output).toContain('--set=PROMPT1=development')
    expect(output).toContain(`127.0.0.1 ${role} ${url.pathname.slice(1)} disable\n`)
    expect(output).not.toContain('sesame')
    expect(code).toBe(3)
  })
})

describe('error', () => {
  beforeEach(async () => {
    db = await makeDatabase('template0')
  })

  test('connect without psql names the database but not the password', async () => {
    const { code, output } = await spawn(['connect'], { DATABASE_URL: db.url, PATH: join(folder, 'nothing') })
    expect(code).toBe(1)
    expect(output).toMatch(
      /^psql is not on this machine \(package postgresql-client\); the database is 127\.0\.0\.1:\d+\/\w+\.\n$/,
    )
  })

  test('refuses an unknown command, environment or migration name', async () => {
    expect((await run(['drop'])).output).toBe('There is no command "drop".')
    expect((await run(['status', '--environment', 'prod'])).output).toBe('--environment is staging or production.')
    expect((await run(['new'])).output).toContain('The migration needs a name')
    expect((await run(['new', 'Bad Name'])).output).toContain('should be lower_case_words')
    expect((await run(['seed'])).output).toBe('relation "users" does not exist')
  })

  test('reports an unreachable database without its password', async () => {
    const { code, output } = await run(['migrate'], { DATABASE_URL: 'postgres://cruddur:sesame@127.0.0.1:1/cruddur' })
    expect(code).toBe(1)
    expect(output).toContain('ECONNREFUSED')
    expect(output).not.toContain('sesame')
  })
})

describe('security', () => {
  beforeEach(async () => {
    db = await makeDatabase()
  })

  test.each(['seed', 'reset'])('%s refuses production with any argument and any host', async (command) => {
    await writeMark(db.url, 'production')
    await db.sql(
      "insert into users (cognito_sub, handle, display_name, email) values ('s', 'anna', 'Anna', 'a@example.com')",
    )
    for (const env of [{}, remoteEnv()]) {
      for (const args of [[], ['--environment', 'staging'], ['--environment', 'production']]) {
        const ended = await run([command, ...args], env)
        expect(ended).toEqual({ code: 1, output: expect.stringMatching(/production data|is production, not staging/) })
      }
    }
    expect(await count('users')).toBe(1)
  })

  test('refuses to change a remote database without a mark', async () => {
    const hostInQuery = new URL(db.url)
    hostInQuery.searchParams.set('host', '0.0.0.0')
    for (const env of [remoteEnv(), { DATABASE_URL: hostInQuery.href }]) {
      for (const command of ['seed', 'reset']) {
        const result = await run([command, '--environment', 'staging'], env)
        expect(result).toEqual({ code: 1, output: expect.stringContaining('has no environment mark') })
      }
      expect((await run(['migrate'], env)).output).toContain('add --environment staging or production.')
    }
    expect(await count('users')).toBe(0)
  })

  test('a database’s mark cannot be changed', async () => {
    await writeMark(db.url, 'production')
    expect((await run(['migrate', '--environment', 'staging'])).output).toBe(
      'This database is production, not staging.',
    )
    await expect(writeMark(db.url, 'staging')).rejects.toThrow('This database is production, not staging.')
    await expect(db.sql("insert into database_environment (name) values ('staging')")).rejects.toThrow()
  })

  test.each<[string, Record<string, string>]>([
    ['not set', {}],
    ['empty', { DATABASE_URL: '' }],
  ])('refuses --environment without DATABASE_URL: it is %s', async (_, env) => {
    const PORT = '65531'
    const hasStateDir = () => existsSync(join(ROOT, '.local', PORT))
    const hadStateDir = hasStateDir()
    for (const command of ['status', 'migrate', 'seed', 'reset', 'connect']) {
      for (const environment of ['staging', 'production']) {
        await expect(runCommand([command, '--environment', environment], { PORT, ...env }, () => {})).rejects.toThrow(
          `DATABASE_URL is not set: --environment ${environment} is for the database that it names.`,
        )
      }
    }
    expect(hasStateDir(), 'Postgres was started').toBe(hadStateDir)
  })

  test('refuses Neon’s pooled URL before connecting', async () => {
    const DATABASE_URL = 'postgres://u:sesame@ep-x-pooler.eu-central-1.aws.neon.tech/cruddur'
    const { output } = await run(['migrate', '--environment', 'production'], { DATABASE_URL })
    expect(output).toBe('DATABASE_URL is the pooled URL: take the direct one, without "-pooler".')
  })
})
