import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { borrowPostgres, startPostgres } from './postgres.ts'
import { isAlive } from './process-identity.ts'

const folder = mkdtempSync(join(tmpdir(), 'cruddur-test-'))
// Lets the server use it when it runs as another user.
chmodSync(folder, 0o755)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('startPostgres', () => {
  it('keeps data between runs, and refuses a second run on the same data', async () => {
    const dataDir = join(folder, 'kept')
    const first = await startPostgres({ dataDir, port: 0, durable: true })
    await query(first.url, 'create table kept as select 42 as answer')
    await expect(startPostgres({ dataDir, port: 0, durable: true })).rejects.toThrow(
      `is in use by process ${process.pid}`,
    )
    await first.stop()

    const second = await startPostgres({ dataDir, port: 0, durable: true })
    expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }])
    await second.stop()
  })

  it('borrowPostgres uses the running server, or starts one', async () => {
    const dataDir = join(folder, 'borrowed')
    const running = await startPostgres({ dataDir, port: 0, durable: true })
    const borrowed = await borrowPostgres(dataDir)
    expect(borrowed.url).toBe(running.url)
    await borrowed.stop()
    await query(running.url, 'create table kept as select 42 as answer')
    await running.stop()

    const started = await borrowPostgres(dataDir)
    expect(await query(started.url, 'select answer from kept')).toEqual([{ answer: 42 }])
    await started.stop()
    await expect(query(started.url, 'select 1')).rejects.toThrow('ECONNREFUSED')
  })

  it('stops the server of a killed run, and starts on its data', async () => {
    const dataDir = join(folder, 'killed')
    const url = JSON.stringify(new URL('./postgres.ts', import.meta.url).href)
    const script = `const { startPostgres } = await import(${url})
      const postgres = await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, port: 0, durable: true })
      console.log(postgres.dataDir)`
    const run = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = (await once(run.stdout, 'data')) as [Buffer]
    const orphan = serverPid(String(line).trim())
    expect(isAlive(orphan)).toBe(true)
    run.kill('SIGKILL')
    await once(run, 'exit')

    const next = await startPostgres({ dataDir, port: 0, durable: true })
    expect(isAlive(orphan)).toBe(false)
    await next.stop()
  })

  it('runs version 18 in UTC, creates the database, and removes a temporary folder', async () => {
    const postgres = await startPostgres({ port: 0, durable: false })
    expect(
      await query(
        postgres.url,
        `select current_database() as database, current_setting('timezone') as zone,
           current_setting('server_version_num')::int / 10000 as major, uuid_extract_version(uuidv7()) as uuid`,
      ),
    ).toEqual([{ database: 'cruddur', zone: 'UTC', major: 18, uuid: 7 }])
    await postgres.stop()
    expect(existsSync(postgres.dataDir)).toBe(false)
    await expect(query(postgres.url, 'select')).rejects.toThrow('ECONNREFUSED')
  })

  it('names a port in use and its process', async () => {
    const holder = createServer()
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
    const { port } = holder.address() as AddressInfo
    await expect(startPostgres({ port, durable: false })).rejects.toThrow(
      `Port ${port} (Postgres) is taken by process ${process.pid}.`,
    )
    holder.close()
  })

  it('resolves `ended` when the server exits unexpectedly', async () => {
    const postgres = await startPostgres({ port: 0, durable: false })
    process.kill(serverPid(postgres.dataDir), 'SIGQUIT')
    await expect(postgres.ended).resolves.toBeUndefined()
    await postgres.stop()
  })
})

function serverPid(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n')[0])
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
