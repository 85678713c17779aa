import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onReapedChange } from './child-reaper.ts'
import { bootId, groupMembersIn, isAlive, signal, startStamp, waitUntilGone } from './process-identity.ts'
import { ROOT } from './settings.ts'

interface Notes {
  boot: string
  groups: { group: number; stamp: string | null }[]
}

/** Keeps a note of the process groups that run for a state folder, for `stopLeftovers` of a later run. */
export function recordChildren(stateDir: string): void {
  onReapedChange((children) => {
    // Postgres is no group of this kind: it is found by its own pid file.
    const groups = children.filter(({ pid }) => pid < 0).map(({ pid }) => ({ group: -pid, stamp: startStamp(-pid) }))
    writeFileSync(fileIn(stateDir), JSON.stringify({ boot: bootId(), groups } satisfies Notes))
  })
}

/**
 * Ends what a run that was killed left behind, when nobody did it in its place (the reaper was killed too). A
 * group is ended only when it is surely the one that was noted: its leader still there, or members of it that were
 * started in this checkout.
 */
export async function stopStaleProcesses(stateDir: string): Promise<void> {
  const notes = readNotes(stateDir)
  if (notes === null || notes.boot !== bootId()) return
  await Promise.all(notes.groups.filter(isOurs).map(({ group }) => stopGroup(group)))
}

function isOurs({ group, stamp }: Notes['groups'][number]): boolean {
  if (isAlive(group)) return stamp !== null && startStamp(group) === stamp
  // The number cannot have been given anew while the group has members.
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
