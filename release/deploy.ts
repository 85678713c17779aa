// `npm run deploy ENVIRONMENT [-- …]`: uploads the checkout and gives it all traffic at once, for the first deploy and for
// emergencies. Tags the version with its commit, by which later releases know what is live. Passes all other arguments to
// `wrangler deploy`.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { WRANGLER } from './cloudflare.ts'
import { exitWithUsage, runCommand } from './command.ts'
import { commitNow, git } from './git.ts'

const [environment = '', ...rest] = process.argv.slice(2)
if (!/^\w/.test(environment)) exitWithUsage('npm run deploy production [-- arguments of wrangler deploy]')

await runCommand(async () => {
  if (git('status', '--porcelain')) throw new Error('Commit first: the version is tagged with its commit.')
  const args = ['deploy', '--env', environment, '--tag', commitNow(), ...rest]
  const [code] = await once(spawn(process.execPath, [WRANGLER, ...args], { stdio: 'inherit' }), 'exit')
  process.exitCode = code ?? 1
})
