import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** A child that the reaper process stops if this process dies without stopping it. */
export interface ReapedChild {
  /** A pid, or a negative number for a whole process group. */
  pid: number
  signal: NodeJS.Signals
  /** A folder to remove once the process has ended. */
  remove?: string
}

let reaper: ChildProcess | undefined
let onChange: (() => void) | undefined
const children = new Map<number, ReapedChild>()

/**
 * Registers a child with a small reaper process, which stops it if this process dies in a way that it cannot handle
 * (SIGKILL, a crash): the reaper notices that its standard input ends. Undo with `stopReaping`.
 */
export function reapOnExit(child: ReapedChild): void {
  reaper ??= startReaper()
  reaper.stdin?.write(`${JSON.stringify({ add: child })}\n`)
  children.set(child.pid, child)
  onChange?.()
}

/** Unregisters a child; call it once the child has ended. */
export function stopReaping(pid: number): void {
  reaper?.stdin?.write(`${JSON.stringify({ remove: pid })}\n`)
  children.delete(pid)
  onChange?.()
}

/** Calls `listener` with all registered children at each change. */
export function onReapedChange(listener: (children: ReapedChild[]) => void): void {
  onChange = () => listener([...children.values()])
}

function startReaper(): ChildProcess {
  const script = fileURLToPath(new URL('./child-reaper-process.ts', import.meta.url))
  // Detached: a Ctrl-C in the terminal must not end the reaper before its parent.
  const child = spawn(process.execPath, [script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  child.unref()
  // Neither the child nor its pipe (a socket at run time, hence the cast) may keep this process alive.
  ;(child.stdin as unknown as { unref(): void }).unref()
  child.stdin?.on('error', () => {})
  return child
}
