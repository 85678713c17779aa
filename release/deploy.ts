// What `npm run deploy ENVIRONMENT [-- …]` runs: uploads the checkout and gives it to everybody at once, the first time and
// when nothing can wait for a release. Later releases know by the version's tag which commit is live, so it is always given.
// All else goes to `wrangler deploy` as it stands.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { WRANGLER } from './cloudflare.ts'
import { exitWithUsage, runCommand } from './command.ts'
import { commitNow, git } from './git.ts'

const [environment = '', ...rest] = process.argv.slice(2)
if (!/^\w/.test(environment)) exitWithUsage('npm run deploy production [-- what wrangler deploy takes]')

await runCommand(async () => {
  if (git('status', '--porcelain')) throw new Error('Commit first: a version is known by its commit.')
  const args = ['deploy', '--env', environment, '--tag', commitNow(), ...rest]
  const [code] = await once(spawn(process.execPath, [WRANGLER, ...args], { stdio: 'inherit' }), 'exit')
  process.exitCode = code ?? 1
})
