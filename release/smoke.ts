// `npm run smoke -- URL`: checks a running site from outside. Prints a line per check; exits with 1 if any failed. With
// SMOKE_EMAIL and SMOKE_PASSWORD it also signs in, and creates and deletes an activity.
import { parseArgs } from 'node:util'
import { exitWithUsage } from './command.ts'
import { accountFrom } from './smoke/account.ts'
import { type Outcome, smoke } from './smoke/smoke.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { version: { type: 'string' }, uncached: { type: 'boolean' }, timeout: { type: 'string' } },
})
const [url = ''] = positionals
if (!URL.canParse(url)) exitWithUsage('npm run smoke -- URL [--version ID] [--uncached] [--timeout MS]')
const account = accountFrom(process.env)
const outcomes = await smoke(
  {
    origin: new URL(url).origin,
    ...account,
    ...(values.version ? { version: values.version } : {}),
    ...(values.uncached ? { uncached: true } : {}),
    ...(values.timeout ? { timeout: Number(values.timeout) } : {}),
  },
  ({ name, ms, reason }) => console.log(reason ? `FAILED  ${name}: ${reason}` : `ok      ${name} (${ms} ms)`),
)
if (!account.account) console.log('skipped  checks with an account: SMOKE_EMAIL and SMOKE_PASSWORD are not set')
const failed = outcomes.filter(({ reason }: Outcome) => reason !== undefined).length
console.log(`${outcomes.length} checks, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
