// What `npm run rollback -- --env production [VERSION]` runs: gives all requests to the version before, or to the one that
// is named. With --if-under-way only a release that was broken off is ended. The database stays as it is: what migrations
// added, an older version does not see.
import { parseArgs } from 'node:util'
import { openCloudflare } from './cloudflare.ts'
import { tellingFailure, tellUsage } from './command.ts'
import { isUnderWay, versionBefore } from './roll-out.ts'
import { smoke } from './smoke/smoke.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { env: { type: 'string' }, origin: { type: 'string' }, 'if-under-way': { type: 'boolean', default: false } },
})

async function rollBack(environment: string): Promise<void> {
  const cloudflare = openCloudflare({ environment })
  const deployments = await cloudflare.deployments()
  if (values['if-under-way'] && !isUnderWay(deployments)) {
    console.log('No release is under way.')
    return
  }
  const version = positionals[0] ?? (await versionBefore(deployments, cloudflare.originOf))
  await cloudflare.deploy({ [version]: 100 }, 'rolled back by hand')
  console.log(`All requests go to ${version} (${(await cloudflare.originOf(version)).tag ?? 'no tag'}).`)
  if (!values.origin) return
  const bad = (await smoke({ origin: new URL(values.origin).origin })).filter(({ reason }) => reason !== undefined)
  for (const { name, reason } of bad) console.error(`FAILED  ${name}: ${reason}`)
  if (bad.length > 0) process.exitCode = 1
}

const { env } = values
if (!env) tellUsage('npm run rollback -- --env production [VERSION]')
await tellingFailure(() => rollBack(env))
