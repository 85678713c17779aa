import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { reapOnExit, stopReaping } from './child-reaper.ts'
import { isAlive, signal, waitUntilGone } from './process-identity.ts'
import { ROOT } from './settings.ts'

/** A Node program to run as a child process. */
export interface ChildOptions {
  /** Name for the error message if it exits unexpectedly. */
  name: string
  /** The script and its arguments. */
  args: string[]
  env?: Record<string, string>
  onLine(line: string): void
}

/** A running child. */
export interface Child {
  /** Rejects if the child exits without `stop`. */
  failed: Promise<never>
  /** Stops the child and its own children. */
  stop(): Promise<void>
}

/** Starts a child in its own process group, so that Ctrl-C reaches only this process and `stop` reaches the whole group. */
export function startChild({ name, args, env, onLine }: ChildOptions): Child {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    detached: true,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const group = -(child.pid as number)
  reapOnExit({ pid: group, signal: 'SIGTERM' })
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', onLine)
  }

  let isStopping = false
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signalName) => {
      if (!isStopping) reject(new Error(`${name} exited unexpectedly (${signalName ?? `exit code ${code}`}).`))
    })
  })
  failed.catch(() => {})

  return {
    failed,
    async stop() {
      isStopping = true
      if (isAlive(group)) signal(group, 'SIGTERM')
      if (!(await waitUntilGone(group, 4_000))) {
        signal(group, 'SIGKILL')
        await waitUntilGone(group, 2_000)
      }
      stopReaping(group)
    },
  }
}
