// A separate process, started by child-reaper.ts: stops the registered children when its parent has died.
import { rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { ReapedChild } from './child-reaper.ts'
import { signal, waitUntilGone } from './process-identity.ts'

const children = new Map<number, ReapedChild>()

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const message = JSON.parse(line) as { add?: ReapedChild; remove?: number }
    if (message.add) children.set(message.add.pid, message.add)
    if (message.remove) children.delete(message.remove)
  })
  .on('close', async () => {
    await Promise.all([...children.values()].map(stop))
    process.exit(0)
  })

async function stop({ pid, signal: name, remove }: ReapedChild): Promise<void> {
  signal(pid, name)
  if (!(await waitUntilGone(pid, 5_000))) {
    signal(pid, 'SIGKILL')
    await waitUntilGone(pid, 1_000)
  }
  if (remove !== undefined) rmSync(remove, { recursive: true, force: true })
}
