// `npm run live -- --env production`: prints the live commit. With --must-be-head it exits with 1 unless that is HEAD.
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
