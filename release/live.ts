// What `npm run live -- --env production` runs: tells the commit of the version that is live. With --must-be-head it ends
// with 1 unless that is the one that is checked out.
import { parseArgs } from 'node:util'
import { exitWithUsage, runCommand } from './command.ts'
import { commitNow } from './git.ts'
import { liveCommit } from './live-commit.ts'

const { values } = parseArgs({
  options: { env: { type: 'string' }, 'must-be-head': { type: 'boolean', default: false } },
})
const { env } = values
if (!env) exitWithUsage('npm run live -- --env production [--must-be-head]')

await runCommand(async () => {
  const commit = await liveCommit(env)
  console.log(commit)
  if (values['must-be-head'] && commit !== commitNow()) {
    throw new Error(`${commitNow()} is checked out, but ${commit} is live.`)
  }
})
