// `npm run rollback -- --env production [VERSION]`: gives all traffic to the previous version, or to the named one. With
// --release ID only if that version has traffic, that is, if its release was interrupted. The database is not changed: an older
// version ignores what migrations added, and calls its own functions.
import { parseArgs } from 'node:util'
import { openCloudflare } from './cloudflare.ts'
import { exitWithUsage, runCommand } from './command.ts'
import { moveTrafficBack } from './move-traffic-back.ts'
import { smoke } from './smoke/smoke.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { env: { type: 'string' }, origin: { type: 'string' }, release: { type: 'string' } },
})

async function rollBack(environment: string): Promise<void> {
  const cloudflare = openCloudflare({ environment })
  const log = (line: string) => console.log(line)
  const isRolledBack = await moveTrafficBack({ cloudflare, log, to: positionals[0], release: values.release })
  if (!isRolledBack || !values.origin) return
  const failed = (await smoke({ origin: new URL(values.origin).origin })).filter(({ reason }) => reason !== undefined)
  for (const { name, reason } of failed) console.error(`FAILED  ${name}: ${reason}`)
  if (failed.length > 0) process.exitCode = 1
}

const { env } = values
if (!env) exitWithUsage('npm run rollback -- --env production [VERSION]')
await runCommand(() => rollBack(env))
