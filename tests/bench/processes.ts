import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { commandLine, procStat } from '../../local/process-identity.ts'

/** Linux counts the time of processes in hundredths of a second, on every machine that we know of. */
const MS_PER_TICK = 10

/** Milliseconds of CPU that a process has used so far, all its threads together. */
export function cpuMs(pid: number): number {
  const stat = procStat(pid)
  // utime and stime: fields 14 and 15 of the line, and procStat begins with the third.
  return (Number(stat[11]) + Number(stat[12])) * MS_PER_TICK
}

/** Milliseconds of CPU that a process of one thread has used so far, as the scheduler counts them: exact, without ticks. */
export function exactCpuMs(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6
}

/** The same once the process waits for something to do: what it uses right now is not counted before. */
export async function cpuWhenIdle(pid: number): Promise<number> {
  while (procStat(pid)[0] !== 'S') await new Promise((resolve) => setImmediate(resolve))
  return exactCpuMs(pid)
}

/**
 * Milliseconds of CPU that a PostgreSQL has used so far: its postmaster, the processes that this has started, and those of
 * them that have ended, whose time the postmaster has collected.
 */
export function postgresCpuMs(postmaster: number): number {
  for (;;) {
    const ended = endedChildrenMs(postmaster)
    const live = descendantsOf(postmaster).map((pid) => ifRunning(() => exactCpuMs(pid)) ?? 0)
    // One that ended in between was counted twice, or not at all.
    if (endedChildrenMs(postmaster) === ended) return exactCpuMs(postmaster) + ended + sum(live)
  }
}

function endedChildrenMs(pid: number): number {
  const stat = procStat(pid)
  // cutime and cstime: fields 16 and 17 of the line.
  return (Number(stat[13]) + Number(stat[14])) * MS_PER_TICK
}

/** The process that has started another one. */
export function parentOf(pid: number): number {
  return Number(procStat(pid)[1])
}

/**
 * The only process below this one whose command line contains a text.
 * @throws Error if there is none, or more than one.
 */
export function findDescendant(text: string): number {
  const found = descendantsOf(process.pid).filter((pid) => commandLine(pid).includes(text))
  const [pid] = found
  if (pid === undefined || found.length > 1) throw new Error(`${found.length} processes run ${text}; one was expected.`)
  return pid
}

/** The most memory that a process has held at once since it started or was asked to forget, in MiB. */
export function peakMiB(pid: number): number {
  const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kib) / 1024
}

/** Begins the count of `peakMiB` anew: https://man7.org/linux/man-pages/man5/proc_pid_clear_refs.5.html */
export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
}

/** The processes that a process has started, and those that these have. */
export function descendantsOf(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const pid = Number(name)
      const parent = ifRunning(() => parentOf(pid))
      return parent === undefined ? [] : [{ pid, parent }]
    })
  const childrenOf = (of: number): number[] =>
    parents.filter(({ parent }) => parent === of).flatMap((child) => [child.pid, ...childrenOf(child.pid)])
  return childrenOf(pid)
}

/** Milliseconds of CPU that each of some processes has used so far; those that have ended meanwhile are left out. */
export function cpuMsOf(pids: number[]): Map<number, number> {
  return new Map(
    pids.flatMap((pid): [number, number][] => {
      const ms = ifRunning(() => cpuMs(pid))
      return ms === undefined ? [] : [[pid, ms]]
    }),
  )
}

/** What /proc says of a process, or undefined when it has ended meanwhile. */
function ifRunning<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0)
