import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { startChild } from './child.ts'
import { isAlive } from './process-identity.ts'
import { recordChildren, stopStaleProcesses } from './stale-processes.ts'

const folder = mkdtempSync(join(tmpdir(), 'cruddur-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A program that starts another, prints both pids, and keeps running. */
const FAMILY = `
  const { spawn } = require('node:child_process')
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  console.log(process.pid + ' ' + other.pid)
  setInterval(() => {}, 1000)`

describe('startChild', () => {
  it('stops a child with its own children', async () => {
    const line = Promise.withResolvers<string>()
    const child = startChild({ name: 'A family', args: ['-e', FAMILY], onLine: line.resolve })
    const pids = (await line.promise).split(' ').map(Number)
    expect(pids.map(isAlive)).toEqual([true, true])
    await child.stop()
    expect(pids.map(isAlive)).toEqual([false, false])
  })

  it('rejects when a child exits unexpectedly', async () => {
    const child = startChild({ name: 'A short one', args: ['-e', 'process.exit(3)'], onLine: () => {} })
    await expect(child.failed).rejects.toThrow('A short one exited unexpectedly (exit code 3).')
    await child.stop()
  })
})

describe('stopStaleProcesses', () => {
  it('stops the recorded process groups, even without their leader, and no others', async () => {
    recordChildren(folder)
    const line = Promise.withResolvers<string>()
    const child = startChild({ name: 'A family', args: ['-e', FAMILY], onLine: line.resolve })
    child.failed.catch(() => {})
    const [leader = 0, other = 0] = (await line.promise).split(' ').map(Number)
    const notes = readFileSync(join(folder, 'children.json'), 'utf8')
    expect(JSON.parse(notes).groups).toMatchObject([{ group: leader }])
    process.kill(leader, 'SIGKILL')
    await expect(child.failed).rejects.toThrow()

    expect(isAlive(other)).toBe(true)
    await stopStaleProcesses(folder)
    expect(isAlive(other)).toBe(false)
    await child.stop()
    expect(JSON.parse(readFileSync(join(folder, 'children.json'), 'utf8')).groups).toEqual([])
  })
})
