import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onReapedChange } from './child-reaper.ts'
import { bootId, groupMembersIn, isAlive, signal, startStamp, waitUntilGone } from './process-identity.ts'
import { ROOT } from './settings.ts'

interface Notes {
  boot: string
  groups: { group: number; stamp: string | null }[]
}

/** Records the running process groups of a state folder, for `stopStaleProcesses` of a later run. */
export function recordChildren(stateDir: string): void {
  onReapedChange((children) => {
    // Postgres is not a group: it is found by its own pid file.
    const groups = children.filter(({ pid }) => pid < 0).map(({ pid }) => ({ group: -pid, stamp: startStamp(-pid) }))
    writeFileSync(fileIn(stateDir), JSON.stringify({ boot: bootId(), groups } satisfies Notes))
  })
}

/**
 * Stops the processes of a killed run whose reaper was killed too. Stops a group only if it is surely the recorded one: its
 * leader still runs, or some of its members run in this checkout.
 */
export async function stopStaleProcesses(stateDir: string): Promise<void> {
  const notes = readNotes(stateDir)
  if (notes === null || notes.boot !== bootId()) return
  await Promise.all(notes.groups.filter(isOurs).map(({ group }) => stopGroup(group)))
}

function isOurs({ group, stamp }: Notes['groups'][number]): boolean {
  if (isAlive(group)) return stamp !== null && startStamp(group) === stamp
  // A group's number is not reused while the group has members.
  return groupMembersIn(ROOT, group).length > 0
}

async function stopGroup(group: number): Promise<void> {
  signal(-group, 'SIGTERM')
  if (await waitUntilGone(-group, 3_000)) return
  signal(-group, 'SIGKILL')
  await waitUntilGone(-group, 2_000)
}

function readNotes(stateDir: string): Notes | null {
  try {
    return JSON.parse(readFileSync(fileIn(stateDir), 'utf8')) as Notes
  } catch {
    return null
  }
}

function fileIn(stateDir: string): string {
  return join(stateDir, 'children.json')
}
