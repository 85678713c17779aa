import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { takeRunLock } from './run-lock.ts'

const folder = mkdtempSync(join(tmpdir(), 'cruddur-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('takeRunLock', () => {
  it('is held by one run at a time', async () => {
    const first = await takeRunLock(folder)
    expect(first.isAfterCrash).toBe(false)
    await expect(takeRunLock(folder)).rejects.toThrow(`npm start is running already (process ${process.pid})`)
    first.release()
    const second = await takeRunLock(folder)
    expect(second.isAfterCrash).toBe(false)
    second.release()
  })

  it('is free again once its holder was killed', async () => {
    const url = JSON.stringify(new URL('./run-lock.ts', import.meta.url).href)
    const script = `const { takeRunLock } = await import(${url})
      await takeRunLock(${JSON.stringify(folder)})
      console.log('held')
      setInterval(() => {}, 1000)`
    const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(holder.stdout, 'data')
    await expect(takeRunLock(folder)).rejects.toThrow(`process ${holder.pid}`)
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    const next = await takeRunLock(folder)
    expect(next.isAfterCrash).toBe(true)
    next.release()
  })
})
