import { type Cloudflare, openCloudflare } from './cloudflare.ts'
import { git, releaseBefore } from './git.ts'
import { ReleaseFailure, standingVersions, versionInUse } from './roll-out.ts'

/** The commit that is live. A change of a secret makes a version of the same code: what was live before it tells the commit. */
export async function liveCommitOf(cloudflare: Pick<Cloudflare, 'deployments' | 'originOf'>): Promise<string> {
  const deployments = await cloudflare.deployments()
  const live = versionInUse(deployments)
  for (const version of standingVersions(deployments).reverse()) {
    const { tag, trigger } = await cloudflare.originOf(version)
    if (tag) return tag
    if (trigger !== 'secret') break
  }
  throw new ReleaseFailure(`Nothing tells the commit of version ${live}: npm run deploy gives it that.`)
}

/** The commit that is live in an environment. */
export const liveCommit = (environment: string): Promise<string> => liveCommitOf(openCloudflare({ environment }))

/** What a release is compared with: the commit that is named, the one that is live, or else the release before. */
export async function commitBefore(named: string | undefined, environment: string | undefined): Promise<string> {
  if (named) return git('rev-parse', '--short=12', named)
  return environment ? liveCommit(environment) : releaseBefore()
}
