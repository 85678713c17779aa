// Run as a process of its own by leash.ts: holds the list of children, and stops them when its parent has died.
import { rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Leashed } from './leash.ts'
import { signal, waitUntilGone } from './process-identity.ts'

const leashed = new Map<number, Leashed>()

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const message = JSON.parse(line) as { add?: Leashed; remove?: number }
    if (message.add) leashed.set(message.add.pid, message.add)
    if (message.remove) leashed.delete(message.remove)
  })
  .on('close', async () => {
    await Promise.all([...leashed.values()].map(stop))
    process.exit(0)
  })

async function stop({ pid, signal: name, remove }: Leashed): Promise<void> {
  signal(pid, name)
  if (!(await waitUntilGone(pid, 5_000))) {
    signal(pid, 'SIGKILL')
    await waitUntilGone(pid, 1_000)
  }
  if (remove !== undefined) rmSync(remove, { recursive: true, force: true })
}
