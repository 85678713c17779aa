import { openCloudflare } from './cloudflare.ts'
import { git, releaseBefore } from './git.ts'
import { ReleaseFailure, versionInUse } from './roll-out.ts'

/** The commit that the live version of an environment was uploaded from. */
export async function liveCommit(environment: string | undefined): Promise<string> {
  const cloudflare = openCloudflare(environment ? { environment } : {})
  const version = versionInUse(await cloudflare.deployments())
  const commit = await cloudflare.tagOf(version)
  if (!commit)
    throw new ReleaseFailure(`Version ${version} has no tag, so nothing tells its commit: wrangler deploy takes --tag.`)
  return commit
}

/** What a release is compared with: the commit that is named, the one that is live, or else the release before. */
export async function commitBefore(named: string | undefined, environment: string | undefined): Promise<string> {
  if (named) return git('rev-parse', '--short=12', named)
  return environment ? liveCommit(environment) : releaseBefore()
}
