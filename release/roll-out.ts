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
 * The version to go back to: while a release is under way, the one that had all requests before; else the last other one
 * that had. `deployments` are newest first.
 */
export function versionBefore([now, ...earlier]: Deployment[]): string {
  const current = Object.keys(now?.traffic ?? {})
  const wholes = earlier.flatMap(({ traffic }) => Object.entries(traffic).filter(([, percent]) => percent === 100))
  const isUnderWay = current.length > 1
  const found = wholes.find(([version]) => (isUnderWay ? current.includes(version) : !current.includes(version)))
  if (!found) throw new ReleaseFailure('None of the last deployments was another version: name one.')
  return found[0]
}

export const isUnderWay = ([now]: Deployment[]): boolean => Object.keys(now?.traffic ?? {}).length > 1
