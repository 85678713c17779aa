import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Told } from './neon-process.ts'

/** Neon's protocol in front of a Postgres, in a process of its own. */
export type Neon = {
  url: string
  /** Requests that have come so far: the Worker's round trips. */
  trips(): Promise<number>
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
    async trips() {
      child.send('trips')
      const answer = await hear()
      if (!('trips' in answer)) throw new Error('The Neon endpoint has ended.')
      return answer.trips
    },
    async stop() {
      child.kill()
      await ended
    },
  }
}
