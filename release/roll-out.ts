import type { Cloudflare, Deployment, Traffic } from './cloudflare.ts'

/** A step of a release. `percent`: the new version's share of the traffic. */
export type Step = { version: string; previous: string; percent: number }

/** Watches a step for a while. Returns why the version must be rolled back, or null. */
export type Watch = (step: Step, signal: AbortSignal) => Promise<string | null>

type RollOut = {
  cloudflare: Pick<Cloudflare, 'deploy' | 'deployments'>
  version: string
  watch: Watch
  log: (line: string) => void
  steps?: readonly number[]
  /** Cancels the release, which rolls it back. */
  signal?: AbortSignal
}

/** A release that failed and was rolled back. */
export class ReleaseFailure extends Error {
  override name = 'ReleaseFailure'
}

/** The new version's percentages of the traffic. */
export const STEPS = [10, 50, 100] as const

/** Shifts the traffic to a version step by step. Rolls back to the old version if a step fails. @throws ReleaseFailure */
export async function rollOut({ cloudflare, version, watch, log, steps = STEPS, signal }: RollOut): Promise<void> {
  const previous = versionInUse(await cloudflare.deployments())
  if (previous === version) throw new ReleaseFailure(`${version} is live already.`)
  const cancelled = signal ?? new AbortController().signal
  for (const percent of steps) {
    try {
      log(`${percent} % to ${version}`)
      await cloudflare.deploy(share(version, previous, percent), `release: ${percent} %`)
      const rollbackReason = await watch({ version, previous, percent }, cancelled)
      if (cancelled.aborted) throw new ReleaseFailure('it was cancelled')
      if (rollbackReason) throw new ReleaseFailure(rollbackReason)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      log(`Rolling back to ${previous}: ${reason}`)
      await cloudflare.deploy({ [previous]: 100 }, `rolled back: ${reason}`.slice(0, 100))
      throw new ReleaseFailure(`Rolled back at ${percent} %: ${reason}`, { cause: error })
    }
  }
}

const share = (version: string, previous: string, percent: number): Traffic =>
  percent === 100 ? { [version]: 100 } : { [version]: percent, [previous]: 100 - percent }

/** Returns the version that has all traffic now. @throws ReleaseFailure if there is none. */
export function versionInUse([now]: Deployment[]): string {
  const [version, ...others] = Object.keys(now?.traffic ?? {})
  if (version === undefined) throw new ReleaseFailure('Nothing is deployed yet: use npm run deploy the first time.')
  if (others.length > 0) {
    throw new ReleaseFailure('A release is in progress or was interrupted: npm run rollback ends it.')
  }
  return version
}

/**
 * Returns the versions that had all traffic and were not rolled back, oldest first. The last one has it now, or had it when the
 * release in progress began. `deployments` are newest first.
 */
export function versionsNotRolledBack(deployments: Deployment[]): string[] {
  const versions: string[] = []
  for (const { traffic } of deployments.toReversed()) {
    const live = Object.keys(traffic).find((version) => traffic[version] === 100)
    if (live === undefined) continue
    const index = versions.indexOf(live)
    // Rolled back to this version: drop those after it.
    if (index >= 0) versions.length = index + 1
    else versions.push(live)
  }
  return versions
}

/**
 * Returns the version to roll back to: during a release the version before it; else the last version with other code that was not
 * rolled back. `deployments` are newest first.
 * @throws ReleaseFailure if there is none.
 */
export async function versionBefore(deployments: Deployment[], originOf: Cloudflare['originOf']): Promise<string> {
  const versions = versionsNotRolledBack(deployments)
  const current = Object.keys(deployments[0]?.traffic ?? {})
  const found =
    current.length > 1
      ? versions.findLast((version) => current.includes(version))
      : await versionBeforeSameCode(versions, originOf)
  if (!found) throw new ReleaseFailure('The last deployments have no other version: name one.')
  return found
}

/** Returns the version before the current code: skips versions that differ from the live one only by a changed secret. */
async function versionBeforeSameCode(
  versions: string[],
  originOf: Cloudflare['originOf'],
): Promise<string | undefined> {
  for (const [index, version] of [...versions.entries()].reverse()) {
    if ((await originOf(version)).trigger !== 'secret') return versions[index - 1]
  }
  return undefined
}
