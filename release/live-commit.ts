import { type Cloudflare, openCloudflare } from './cloudflare.ts'
import { git, releaseBefore } from './git.ts'
import { ReleaseFailure, versionInUse, versionsNotRolledBack } from './roll-out.ts'

/** Returns the live commit. A version created by changing a secret has no tag: its commit is that of the version before. */
export async function liveCommitOf(cloudflare: Pick<Cloudflare, 'deployments' | 'originOf'>): Promise<string> {
  const deployments = await cloudflare.deployments()
  const live = versionInUse(deployments)
  for (const version of versionsNotRolledBack(deployments).reverse()) {
    const { tag, trigger } = await cloudflare.originOf(version)
    if (tag) return tag
    if (trigger !== 'secret') break
  }
  throw new ReleaseFailure(`Version ${live} has no commit as its tag: deploy with npm run deploy.`)
}

/** Returns the live commit of an environment. */
export const liveCommit = (environment: string): Promise<string> => liveCommitOf(openCloudflare({ environment }))

/** Returns the commit to compare with: the named one, else the live one of an environment, else the previous release. */
export async function commitBefore(named: string | undefined, environment: string | undefined): Promise<string> {
  if (named) return git('rev-parse', '--short=12', named)
  return environment ? liveCommit(environment) : releaseBefore()
}
