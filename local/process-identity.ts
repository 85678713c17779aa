import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** Returns whether a process of any user is running; for a negative number, whether any process of the group is. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  // A zombie still accepts signals; in a container it may never be reaped.
  if (process.platform !== 'linux') return true
  return pid > 0 ? isRunning(pid) : allPids().some((member) => groupOf(member) === -pid && isRunning(member))
}

/**
 * Returns when a process started, as an opaque text: with the pid it identifies a process, since pids are reused. Null if there is
 * no such process.
 */
export function startStamp(pid: number): string | null {
  try {
    if (process.platform !== 'linux') return ps(pid, 'lstart=')
    return isRunning(pid) ? (procStat(pid)[19] ?? null) : null
  } catch {
    return null
  }
}

/** Returns the command line of a process, its arguments joined by spaces; empty if it cannot be read. */
export function commandLine(pid: number): string {
  try {
    if (process.platform !== 'linux') return ps(pid, 'command=')
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

/** Returns the processes of a group that run in `folder`; none on systems without /proc. */
export function groupMembersIn(folder: string, group: number): number[] {
  if (process.platform !== 'linux') return []
  return allPids().filter((pid) => groupOf(pid) === group && isRunning(pid) && workingFolder(pid) === folder)
}

/** Returns an id of the current boot, within which pids and start stamps are valid; empty if unknown. */
export function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return ''
  }
}

/** Sends a signal to a process, or to a group if `pid` is negative. Ignores that it has ended already. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Waits until a process has ended. Returns false if it still runs after `timeoutMs`. */
export async function waitUntilGone(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return true
}

function allPids(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
}

function isRunning(pid: number): boolean {
  try {
    return procStat(pid)[0] !== 'Z'
  } catch {
    return false
  }
}

function groupOf(pid: number): number | null {
  try {
    return Number(procStat(pid)[2])
  } catch {
    return null
  }
}

function workingFolder(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return null
  }
}

/**
 * Returns the fields of /proc/PID/stat from the third on (https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html). The second is
 * a name that may hold spaces, so this splits after its closing bracket.
 */
export function procStat(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

function ps(pid: number, column: string): string {
  return execFileSync('ps', ['-p', String(pid), '-o', column], { encoding: 'utf8' }).trim()
}
