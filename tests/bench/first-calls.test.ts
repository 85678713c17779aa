import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { type Database, makeDatabase } from '../harness/database.ts'
import { countStatements, sampleCalls, toPayload } from './first-calls.ts'
import { type RecordingProxy, startRecordingProxy } from './recording-proxy.ts'

let db: Database
let proxy: RecordingProxy
beforeAll(async () => {
  db = await makeDatabase('template0')
  await db.sql('create table called (number integer)')
  proxy = await startRecordingProxy(inject('postgres').neonEndpoint)
})
beforeEach(() => void proxy.take())
afterAll(() => proxy.stop())

const ask = async (body: object) => {
  const headers = { 'neon-connection-string': db.url, 'content-type': 'application/json' }
  const response = await fetch(proxy.url, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

test('the recording proxy forwards a request to Neon’s endpoint and records it once', async () => {
  const { status, body } = await ask({ query: 'select $1::int4 as number', params: ['3'] })
  expect([status, body.rows]).toEqual([200, [{ number: 3 }]])
  const [recorded, ...more] = proxy.take()
  expect(JSON.parse(recorded?.body ?? '')).toEqual({ query: 'select $1::int4 as number', params: ['3'] })
  expect(more).toEqual([])
  expect(proxy.take()).toEqual([])
})

test('the recording proxy returns errors of Postgres', async () => {
  expect(await ask({ query: 'select 1 / 0' })).toMatchObject({ status: 400, body: { code: '22012' } })
})

test('a recorded request is sent once as the first call, then for each later sample', async () => {
  await ask({
    queries: [
      { query: 'select 1', params: [] },
      { query: 'insert into called values ($1)', params: ['7'] },
    ],
  })
  const [recorded] = proxy.take()
  if (!recorded) throw new Error('Nothing was recorded.')
  const payload = toPayload(recorded)
  expect(countStatements(payload)).toBe(2)

  const { opening, first, later } = await sampleCalls(db.url, payload, 4)
  expect(await db.sql('select number, count(*)::int4 as times from called group by number')).toEqual([
    { number: 7, times: 6 },
  ])
  expect(later).toHaveLength(4)
  for (const { cpu, ms } of [opening, first, ...later]) {
    expect(cpu).toBeGreaterThan(0)
    expect(ms).toBeGreaterThan(0)
  }
})
