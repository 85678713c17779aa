import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { commandLine, procStat } from '../../local/process-identity.ts'

/** Linux counts the CPU time of processes in ticks, of 1/100 s on all common machines. */
const MS_PER_TICK = 10

/** CPU time of a process so far, in ms, of all its threads together. */
export function cpuMs(pid: number): number {
  const stat = procStat(pid)
  // utime and stime: fields 14 and 15 of the line, and procStat begins with the third.
  return (Number(stat[11]) + Number(stat[12])) * MS_PER_TICK
}

/** CPU time of a single-threaded process so far, in ms, as the scheduler counts it: exact, not in ticks. */
export function exactCpuMs(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6
}

/** The same once the process sleeps: the scheduler adds the time of a running process only afterwards. */
export async function cpuWhenIdle(pid: number): Promise<number> {
  while (procStat(pid)[0] !== 'S') await new Promise((resolve) => setImmediate(resolve))
  return exactCpuMs(pid)
}

/**
 * CPU time of a PostgreSQL server so far, in ms: of the postmaster, of its running child processes, and of its ended ones,
 * whose time the kernel adds to the postmaster's.
 */
export function postgresCpuMs(postmaster: number): number {
  for (;;) {
    const ended = endedChildrenMs(postmaster)
    const live = descendantsOf(postmaster).map((pid) => ifRunning(() => exactCpuMs(pid)) ?? 0)
    // A child that ended in between was counted twice, or not at all.
    if (endedChildrenMs(postmaster) === ended) return exactCpuMs(postmaster) + ended + sum(live)
  }
}

function endedChildrenMs(pid: number): number {
  const stat = procStat(pid)
  // cutime and cstime: fields 16 and 17 of the line.
  return (Number(stat[13]) + Number(stat[14])) * MS_PER_TICK
}

/** The parent of a process. */
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

/** Peak memory of a process in MiB, since its start or the last `resetPeak`. */
export function peakMiB(pid: number): number {
  const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kib) / 1024
}

/** Resets the peak of `peakMiB`: https://man7.org/linux/man-pages/man5/proc_pid_clear_refs.5.html */
export function resetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
}

/** All processes below a process: its children, their children, and so on. */
export function descendantsOf(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const pid = Number(name)
      const parent = ifRunning(() => parentOf(pid))
      return parent === undefined ? [] : [{ pid, parent }]
    })
  const childrenOf = (parentPid: number): number[] =>
    parents.filter(({ parent }) => parent === parentPid).flatMap((child) => [child.pid, ...childrenOf(child.pid)])
  return childrenOf(pid)
}

/** CPU time of each process so far, in ms; processes that have ended are left out. */
export function cpuMsOf(pids: number[]): Map<number, number> {
  return new Map(
    pids.flatMap((pid): [number, number][] => {
      const ms = ifRunning(() => cpuMs(pid))
      return ms === undefined ? [] : [[pid, ms]]
    }),
  )
}

/** Reads from /proc; undefined if the process has ended. */
function ifRunning<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0)
