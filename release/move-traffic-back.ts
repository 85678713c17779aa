import type { Cloudflare } from './cloudflare.ts'
import { assertClassesKept } from './durable-object-classes.ts'
import { versionBefore } from './roll-out.ts'

type RollbackOptions = {
  cloudflare: Pick<Cloudflare, 'deployments' | 'originOf' | 'deploy'>
  log: (line: string) => void
  /** The version to roll back to; the previous one by default. */
  to?: string | undefined
  /** Roll back only if this version has traffic now, that is, if its release was interrupted. */
  release?: string | undefined
  /** Refuses a target that Cloudflare would refuse, by the commits of both. */
  assertAllowed?: (live: string, target: string) => void
}

/** Gives all traffic to an older version. Returns whether anything was rolled back. @throws ReleaseFailure */
export async function moveTrafficBack({
  cloudflare,
  log,
  to,
  release,
  assertAllowed = assertClassesKept,
}: RollbackOptions): Promise<boolean> {
  const deployments = await cloudflare.deployments()
  if (release !== undefined && !deployments[0]?.traffic[release]) {
    log(`${release} has no traffic: nothing to roll back.`)
    return false
  }
  const version = to ?? (await versionBefore(deployments, cloudflare.originOf))
  const { tag = 'no tag' } = await cloudflare.originOf(version)
  for (const live of Object.keys(deployments[0]?.traffic ?? {})) {
    const { tag: liveTag } = await cloudflare.originOf(live)
    if (liveTag) assertAllowed(liveTag, tag)
  }
  await cloudflare.deploy({ [version]: 100 }, 'rolled back by hand')
  log(`All requests go to ${version} (${tag}).`)
  return true
}
