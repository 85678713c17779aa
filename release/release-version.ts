import type { Cloudflare } from './cloudflare.ts'
import { watchWith } from './health-watch.ts'
import { ReleaseFailure, rollOut, versionInUse, type Watch } from './roll-out.ts'
import type { SmokeOptions } from './smoke/check.ts'
import type { Outcome } from './smoke/smoke.ts'

/** A checkout on its way to its readers. */
export type Release = {
  cloudflare: Omit<Cloudflare, 'originOf' | 'preview' | 'deletePreview'>
  smoke: (options: SmokeOptions) => Promise<Outcome[]>
  log: (line: string) => void
  /** Where readers find the site. */
  origin: string
  /** Who tries the version before anybody gets it. */
  account?: SmokeOptions['account']
  commit: { tag: string; message: string }
  /** How long each step is watched, and how often it is looked at, in seconds. */
  seconds: number
  every: number
  /** Hears which version it is before anybody gets it, so that it can be ended when nothing is left of us. */
  onUpload?: (version: string) => void
  signal?: AbortSignal
}

/**
 * Uploads the checkout as a version, tries it at its own address, and gives it the requests step by step.
 * @throws ReleaseFailure when it did not stay: the old version has all requests.
 */
export async function releaseVersion(release: Release): Promise<void> {
  const { cloudflare, smoke, log, account, commit, onUpload, signal } = release
  const previous = versionInUse(await cloudflare.deployments())
  // Whether it will be possible to watch is asked before anything changes.
  await cloudflare.answers(previous, new Date(Date.now() - 60_000))
  const { version, address } = await cloudflare.upload(commit)
  log(`Uploaded ${version}`)
  onUpload?.(version)
  if (!address) throw new ReleaseFailure('The version has no address of its own: preview_urls must be on.')
  expectGood(await smoke({ origin: address, version, ...(account ? { account } : {}) }))
  log(`${address} works`)
  await rollOut({ cloudflare, version, watch: watchOf(release), log, ...(signal ? { signal } : {}) })
  await cloudflare.applyTriggers()
  log(`Released ${version}; ${previous} was before`)
}

/** Tries the version itself where readers find the site, whatever share of them it has. */
function watchOf({ cloudflare, smoke, log, origin, seconds, every }: Release): Watch {
  const headersOf = (version: string) => ({
    'cloudflare-workers-version-overrides': `${cloudflare.name}="${version}"`,
  })
  const smokeVersion = (version: string) => smoke({ origin, version, headers: headersOf(version) })
  return watchWith({ cloudflare, smoke: smokeVersion, log, seconds, every })
}

function expectGood(outcomes: Outcome[]): void {
  const bad = outcomes.filter(({ reason }) => reason !== undefined)
  if (bad.length === 0) return
  const told = bad.map(({ name, reason }) => `\n  ${name}: ${reason}`).join('')
  throw new ReleaseFailure(`The version does not work; nobody has got it.${told}`)
}
