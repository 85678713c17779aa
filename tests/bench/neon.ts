import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Counts, ParentMessage } from './neon-process.ts'

/** Neon's protocol in front of a Postgres, in a separate process. */
export type Neon = {
  url: string
  /** Round trips of Workers so far, and the time that they took here. */
  counts(): Promise<Counts>
  stop(): Promise<void>
}

export async function startNeon(postgresPort: number): Promise<Neon> {
  const child = fork(join(import.meta.dirname, 'neon-process.ts'), [String(postgresPort)])
  const ended = once(child, 'exit')
  const receive = async () => {
    const [message] = (await Promise.race([once(child, 'message'), ended])) as [ParentMessage]
    return message
  }
  const message = await receive()
  if (!('url' in message)) throw new Error('The Neon endpoint did not start.')
  return {
    url: message.url,
    async counts() {
      child.send('counts')
      const answer = await receive()
      if (!('trips' in answer)) throw new Error('The Neon endpoint has ended.')
      return answer
    },
    async stop() {
      child.kill()
      await ended
    },
  }
}
