import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { procStat } from '../../local/process-identity.ts'

/** Linux counts the time of processes in hundredths of a second, on every machine that we know of. */
const MS_PER_TICK = 10

/** Milliseconds of CPU that a process has used so far, all its threads together. */
export function cpuMs(pid: number): number {
  const stat = procStat(pid)
  // utime and stime: fields 14 and 15 of the line, and procStat begins with the third.
  return (Number(stat[11]) + Number(stat[12])) * MS_PER_TICK
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
      try {
        return [{ pid: Number(name), parent: Number(procStat(Number(name))[1]) }]
      } catch {
        // It has ended meanwhile.
        return []
      }
    })
  const childrenOf = (of: number): number[] =>
    parents.filter(({ parent }) => parent === of).flatMap((child) => [child.pid, ...childrenOf(child.pid)])
  return childrenOf(pid)
}

/** Milliseconds of CPU that each of some processes has used so far; those that have ended meanwhile are left out. */
export function cpuMsOf(pids: number[]): Map<number, number> {
  return new Map(
    pids.flatMap((pid): [number, number][] => {
      try {
        return [[pid, cpuMs(pid)]]
      } catch {
        return []
      }
    }),
  )
}
