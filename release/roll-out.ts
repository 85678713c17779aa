import type { Cloudflare, Deployment, Traffic } from './cloudflare.ts'

/** A new version on its way: what it replaces, and how much it gets now. */
export type Step = { version: string; previous: string; percent: number }

/** Looks at a version for a while. Resolves to why it must not stay, or to null. */
export type Watch = (step: Step, signal: AbortSignal) => Promise<string | null>

type RollOut = {
  cloudflare: Pick<Cloudflare, 'deploy' | 'deployments'>
  version: string
  watch: Watch
  log: (line: string) => void
  /** Percent of the requests. */
  steps?: readonly number[]
  /** Ends the release, as if it had failed. */
  signal?: AbortSignal
}

/** Why a release did not stay; the old version has all requests again. */
export class ReleaseFailure extends Error {
  override name = 'ReleaseFailure'
}

export const STEPS = [10, 50, 100] as const

/** Gives a version more and more of the requests, and the old one all of them back when something is wrong. */
export async function rollOut({ cloudflare, version, watch, log, steps = STEPS, signal }: RollOut): Promise<void> {
  const previous = versionInUse(await cloudflare.deployments())
  if (previous === version) throw new ReleaseFailure(`${version} is live already.`)
  const stop = signal ?? new AbortController().signal
  for (const percent of steps) {
    try {
      log(`${percent} % to ${version}`)
      await cloudflare.deploy(share(version, previous, percent), `release: ${percent} %`)
      const wrong = await watch({ version, previous, percent }, stop)
      if (stop.aborted) throw new ReleaseFailure('it was cancelled')
      if (wrong) throw new ReleaseFailure(wrong)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      log(`Going back to ${previous}: ${reason}`)
      await cloudflare.deploy({ [previous]: 100 }, `rolled back: ${reason}`.slice(0, 100))
      throw new ReleaseFailure(`Rolled back at ${percent} %: ${reason}`, { cause: error })
    }
  }
}

const share = (version: string, previous: string, percent: number): Traffic =>
  percent === 100 ? { [version]: 100 } : { [version]: percent, [previous]: 100 - percent }

/** The one version that answers now. */
export function versionInUse([now]: Deployment[]): string {
  const [version, ...others] = Object.keys(now?.traffic ?? {})
  if (version === undefined)
    throw new ReleaseFailure('Nothing is deployed yet: the first time, npm run deploy does it.')
  if (others.length > 0)
    throw new ReleaseFailure('A release is under way, or was broken off: npm run rollback ends it.')
  return version
}

/**
 * The versions that had all requests and were not gone back from, oldest first: the last one has them now, or had them when
 * the release that is under way began. `deployments` are newest first.
 */
export function standingVersions(deployments: Deployment[]): string[] {
  const standing: string[] = []
  for (const { traffic } of deployments.toReversed()) {
    const whole = Object.keys(traffic).find((version) => traffic[version] === 100)
    if (whole === undefined) continue
    const at = standing.indexOf(whole)
    // It was gone back to: what came after it did not stay.
    if (at >= 0) standing.length = at + 1
    else standing.push(whole)
  }
  return standing
}

/**
 * The version to go back to: while a release is under way, the one that had all requests before; else the last one of other
 * code that was not gone back from. `deployments` are newest first.
 */
export async function versionBefore(deployments: Deployment[], originOf: Cloudflare['originOf']): Promise<string> {
  const standing = standingVersions(deployments)
  const current = Object.keys(deployments[0]?.traffic ?? {})
  const found =
    current.length > 1
      ? standing.findLast((version) => current.includes(version))
      : await beneathItsCode(standing, originOf)
  if (!found) throw new ReleaseFailure('None of the last deployments was another version: name one.')
  return found
}

/** A changed secret makes a version of the same code: going back from it to the old secret would leave the code as it is. */
async function beneathItsCode(standing: string[], originOf: Cloudflare['originOf']): Promise<string | undefined> {
  for (const [at, version] of [...standing.entries()].reverse()) {
    if ((await originOf(version)).trigger !== 'secret') return standing[at - 1]
  }
  return undefined
}
