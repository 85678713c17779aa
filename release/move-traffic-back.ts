import type { Cloudflare } from './cloudflare.ts'
import { versionBefore } from './roll-out.ts'

type GoingBack = {
  cloudflare: Pick<Cloudflare, 'deployments' | 'originOf' | 'deploy'>
  log: (line: string) => void
  /** Which version gets all requests; the one before if none is named. */
  to?: string | undefined
  /** Only if this version has any requests now: it was left by whoever released it. */
  release?: string | undefined
}

/** Gives all requests to an older version. Resolves to whether there was anything to go back from. */
export async function moveTrafficBack({ cloudflare, log, to, release }: GoingBack): Promise<boolean> {
  const deployments = await cloudflare.deployments()
  if (release !== undefined && !deployments[0]?.traffic[release]) {
    log(`${release} has no requests: there is nothing to end.`)
    return false
  }
  const version = to ?? (await versionBefore(deployments, cloudflare.originOf))
  await cloudflare.deploy({ [version]: 100 }, 'rolled back by hand')
  log(`All requests go to ${version} (${(await cloudflare.originOf(version)).tag ?? 'no tag'}).`)
  return true
}
