import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Counts, Told } from './neon-process.ts'

/** Neon's protocol in front of a Postgres, in a process of its own. */
export type Neon = {
  url: string
  /** The Worker's round trips so far, and what they took here. */
  counts(): Promise<Counts>
  stop(): Promise<void>
}

export async function startNeon(postgresPort: number): Promise<Neon> {
  const child = fork(join(import.meta.dirname, 'neon-process.ts'), [String(postgresPort)])
  const ended = once(child, 'exit')
  const hear = async () => {
    const [told] = (await Promise.race([once(child, 'message'), ended])) as [Told]
    return told
  }
  const told = await hear()
  if (!('url' in told)) throw new Error('The Neon endpoint did not start.')
  return {
    url: told.url,
    async counts() {
      child.send('counts')
      const answer = await hear()
      if (!('trips' in answer)) throw new Error('The Neon endpoint has ended.')
      return answer
    },
    async stop() {
      child.kill()
      await ended
    },
  }
}
