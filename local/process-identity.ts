import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** Whether a process, or with a negative number any of a group, is there and running, of whichever user. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  // A zombie still takes signals; in a container nobody may ever collect it.
  if (process.platform !== 'linux') return true
  return pid > 0 ? isRunning(pid) : allPids().some((member) => groupOf(member) === -pid && isRunning(member))
}

/** When a process started, as an opaque text: together with the pid it tells a process from a later one with the
 * same number. Null when there is no such process. */
export function startStamp(pid: number): string | null {
  try {
    if (process.platform !== 'linux') return ps(pid, 'lstart=')
    return isRunning(pid) ? (procStat(pid)[19] ?? null) : null
  } catch {
    return null
  }
}

/** The command line of a process, its arguments joined by spaces; empty when it cannot be read. */
export function commandLine(pid: number): string {
  try {
    if (process.platform !== 'linux') return ps(pid, 'command=')
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

/** The members of a process group that were started in `folder`; none where there is no /proc to ask. */
export function groupMembersIn(folder: string, group: number): number[] {
  if (process.platform !== 'linux') return []
  return allPids().filter((pid) => groupOf(pid) === group && isRunning(pid) && workingFolder(pid) === folder)
}

/** Names the time since the machine was started, within which pids and stamps mean something; empty if unknown. */
export function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return ''
  }
}

/** Sends a signal to a process, or to its group when `pid` is negative; one that is gone already is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Resolves to true once the process is gone, to false when it is still there after `timeoutMs`. */
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

// Fields from the third on (https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html); the name in the second may
// hold spaces, so they are counted from its closing bracket.
export function procStat(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

function ps(pid: number, column: string): string {
  return execFileSync('ps', ['-p', String(pid), '-o', column], { encoding: 'utf8' }).trim()
}
