// What `npm run smoke -- URL` runs: whether a site works, seen from outside; one line a check, and 1 at the end if any
// failed. SMOKE_EMAIL and SMOKE_PASSWORD name an account that cruds for a moment.
import { parseArgs } from 'node:util'
import { exitWithUsage } from './command.ts'
import { accountFrom } from './smoke/account.ts'
import { type Outcome, smoke } from './smoke/smoke.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { version: { type: 'string' }, uncached: { type: 'boolean' }, timeout: { type: 'string' } },
})
const [address = ''] = positionals
if (!URL.canParse(address)) exitWithUsage('npm run smoke -- URL [--version ID] [--uncached] [--timeout MS]')
const account = accountFrom(process.env)
const outcomes = await smoke(
  {
    origin: new URL(address).origin,
    ...account,
    ...(values.version ? { version: values.version } : {}),
    ...(values.uncached ? { uncached: true } : {}),
    ...(values.timeout ? { timeout: Number(values.timeout) } : {}),
  },
  ({ name, ms, reason }) => console.log(reason ? `FAILED  ${name}: ${reason}` : `ok      ${name} (${ms} ms)`),
)
if (!account.account) console.log('left out  what an account does: SMOKE_EMAIL and SMOKE_PASSWORD are not set')
const failed = outcomes.filter(({ reason }: Outcome) => reason !== undefined).length
console.log(`${outcomes.length} checks, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
