import { afterEach, describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
afterEach(() => site.database.setOutage(false))

describe('happy', () => {
  test('answers without a database round trip', async () => {
    const before = site.database.count()
    const answer = await site.actors.visitor().get('/api/health-check')
    expectStatus(answer, 200)
    expect(answer.body).toEqual({ success: true, version: expect.stringMatching(/./) })
    expect(site.database.count()).toBe(before)
  })

  test('with deep=1 queries the database', async () => {
    const before = site.database.count()
    expectStatus(await site.actors.visitor().get('/api/health-check?deep=1'), 200)
    expect(site.database.count()).toBe(before + 1)
  })
})

describe('error', () => {
  test('with deep=1 answers 503 with Retry-After while the database is down', async () => {
    site.database.setOutage(true)
    const answer = await site.actors.visitor().get('/api/health-check?deep=1')
    expectErrors(answer, 503, ['database_unavailable'])
    expect(answer.headers.get('retry-after')).toBe('5')
  })

  test('without deep=1 answers 200 while the database is down', async () => {
    site.database.setOutage(true)
    expectStatus(await site.actors.visitor().get('/api/health-check'), 200)
  })
})

describe('security', () => {
  test('reveals no settings', async () => {
    site.database.setOutage(true)
    const { text } = expectStatus(await site.actors.visitor().get('/api/health-check?deep=1'), 503)
    expect(text).not.toContain(new URL(site.db.workerUrl).password)
    expect(text).not.toContain('127.0.0.1')
  })
})
