import type { Cloudflare } from './cloudflare.ts'
import { watchWith } from './health-watch.ts'
import { ReleaseFailure, rollOut, versionInUse, type Watch } from './roll-out.ts'
import type { SmokeOptions } from './smoke/check.ts'
import type { Outcome } from './smoke/smoke.ts'

/** Options of a release. */
export type ReleaseOptions = {
  cloudflare: Omit<Cloudflare, 'originOf' | 'preview' | 'deletePreview'>
  smoke: (options: SmokeOptions) => Promise<Outcome[]>
  log: (line: string) => void
  /** The site's public origin. */
  origin: string
  /** Account for the smoke test of the new version. */
  account?: SmokeOptions['account']
  commit: { tag: string; message: string }
  /** How long each step is watched, and the pause before each check, in seconds. */
  watchSeconds: number
  checkSeconds: number
  /** Called with the new version before it gets traffic, so that a later step can roll it back if this process is killed. */
  onUpload?: (version: string) => void
  signal?: AbortSignal
}

/**
 * Uploads the checkout as a version, smoke-tests it at its own URL, and shifts the traffic to it step by step.
 * @throws ReleaseFailure if it was rolled back: the old version has all traffic.
 */
export async function releaseVersion(release: ReleaseOptions): Promise<void> {
  const { cloudflare, smoke, log, account, commit, onUpload, signal } = release
  const previous = versionInUse(await cloudflare.deployments())
  // Check that the logs can be read before anything changes.
  await cloudflare.countRequests(previous, new Date(Date.now() - 60_000))
  const { version, url } = await cloudflare.upload(commit)
  log(`Uploaded ${version}`)
  onUpload?.(version)
  if (!url) throw new ReleaseFailure('The version has no URL of its own: preview_urls must be on.')
  assertAllPassed(await smoke({ origin: url, version, ...(account ? { account } : {}) }))
  log(`${url} works`)
  await rollOut({ cloudflare, version, watch: watchOf(release), log, ...(signal ? { signal } : {}) })
  await cloudflare.applyTriggers()
  log(`Released ${version}; the previous version is ${previous}`)
}

/** Returns a watch that smoke-tests the new version at the public origin, by a header that selects the version. */
function watchOf({ cloudflare, smoke, log, origin, watchSeconds, checkSeconds }: ReleaseOptions): Watch {
  const headersOf = (version: string) => ({
    'cloudflare-workers-version-overrides': `${cloudflare.name}="${version}"`,
  })
  const smokeVersion = (version: string) => smoke({ origin, version, headers: headersOf(version) })
  return watchWith({ cloudflare, smoke: smokeVersion, log, watchSeconds, checkSeconds })
}

function assertAllPassed(outcomes: Outcome[]): void {
  const failed = outcomes.filter(({ reason }) => reason !== undefined)
  if (failed.length === 0) return
  const failures = failed.map(({ name, reason }) => `\n  ${name}: ${reason}`).join('')
  throw new ReleaseFailure(`The version failed its smoke test and got no traffic.${failures}`)
}
