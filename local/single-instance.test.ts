import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { acquireInstanceLock } from './single-instance.ts'

const folder = mkdtempSync(join(tmpdir(), 'cruddur-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('acquireInstanceLock', () => {
  it('can be held by one run at a time', async () => {
    const first = await acquireInstanceLock(folder)
    expect(first.isAfterCrash).toBe(false)
    await expect(acquireInstanceLock(folder)).rejects.toThrow(`npm start is running already (process ${process.pid})`)
    first.release()
    const second = await acquireInstanceLock(folder)
    expect(second.isAfterCrash).toBe(false)
    second.release()
  })

  it('is free after its holder was killed', async () => {
    const url = JSON.stringify(new URL('./single-instance.ts', import.meta.url).href)
    const script = `const { acquireInstanceLock } = await import(${url})
      await acquireInstanceLock(${JSON.stringify(folder)})
      console.log('held')
      setInterval(() => {}, 1000)`
    const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(holder.stdout, 'data')
    await expect(acquireInstanceLock(folder)).rejects.toThrow(`process ${holder.pid}`)
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    const next = await acquireInstanceLock(folder)
    expect(next.isAfterCrash).toBe(true)
    next.release()
  })
})
