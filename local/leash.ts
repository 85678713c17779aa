import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What the leash holder does to a process when this one has died without stopping it. */
export interface Leashed {
  /** A pid, or a negative number for a whole process group. */
  pid: number
  signal: NodeJS.Signals
  /** A folder that is removed once the process is gone. */
  remove?: string
}

let holder: ChildProcess | undefined
let onChange: (() => void) | undefined
const leashed = new Map<number, Leashed>()

/**
 * Puts a child on the leash: should this process die in a way that it cannot handle (SIGKILL, a crash), the child is
 * stopped by a small holder process, which notices by the end of its standard input. Undo with `unleash`.
 */
export function leash(child: Leashed): void {
  holder ??= startHolder()
  holder.stdin?.write(`${JSON.stringify({ add: child })}\n`)
  leashed.set(child.pid, child)
  onChange?.()
}

/** Takes a child off the leash; to be called once it has ended. */
export function unleash(pid: number): void {
  holder?.stdin?.write(`${JSON.stringify({ remove: pid })}\n`)
  leashed.delete(pid)
  onChange?.()
}

/** Has `listener` told the children that are on the leash, at each change. */
export function watchLeash(listener: (children: Leashed[]) => void): void {
  onChange = () => listener([...leashed.values()])
}

function startHolder(): ChildProcess {
  const script = fileURLToPath(new URL('./leash-holder.ts', import.meta.url))
  // Detached: a Ctrl-C in the terminal must not end the holder before its parent.
  const child = spawn(process.execPath, [script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  child.unref()
  // A pipe is a socket at run time; neither it nor the child may keep this process alive.
  ;(child.stdin as unknown as { unref(): void }).unref()
  child.stdin?.on('error', () => {})
  return child
}
