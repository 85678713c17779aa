// What `npm run release -- --env production --origin https://…` runs: uploads the checkout as a version, tries it at its
// own address, and gives it the requests step by step. It rolls back by itself and ends with 1 when something is wrong.
import { parseArgs } from 'node:util'
import { openCloudflare } from './cloudflare.ts'
import { commitNow, git } from './git.ts'
import { ReleaseFailure, rollOut, versionInUse } from './roll-out.ts'
import { accountFrom } from './smoke/account.ts'
import { type Outcome, smoke } from './smoke/smoke.ts'
import { watchWith } from './watch.ts'

const { values } = parseArgs({
  options: {
    env: { type: 'string' },
    origin: { type: 'string' },
    // Of each step.
    seconds: { type: 'string', default: '300' },
    every: { type: 'string', default: '30' },
  },
})

const log = (line: string) => console.log(line)

async function release(origin: string): Promise<void> {
  const cloudflare = openCloudflare({ ...(values.env ? { environment: values.env } : {}) })
  const previous = versionInUse(await cloudflare.deployments())
  // Whether it will be possible to watch is asked before anything changes.
  await cloudflare.answers(previous, new Date(Date.now() - 60_000))

  const { version, address } = await cloudflare.upload({
    tag: commitNow(),
    message: git('log', '-1', '--format=%s').slice(0, 100),
  })
  log(`Uploaded ${version}`)
  if (!address) throw new ReleaseFailure('The version has no address of its own: preview_urls must be on.')
  expectGood(await smoke({ origin: address, version, ...accountFrom(process.env) }))
  log(`${address} works`)

  const asVersion = (id: string) => ({ 'cloudflare-workers-version-overrides': `${cloudflare.name}="${id}"` })
  const watch = watchWith({
    cloudflare,
    smoke: (id) => smoke({ origin, version: id, headers: asVersion(id) }),
    log,
    seconds: Number(values.seconds),
    every: Number(values.every),
  })
  await rollOut({ cloudflare, version, watch, log, signal: cancelled() })
  await cloudflare.applyTriggers()
  log(`Released ${version}; ${previous} was before`)
}

function expectGood(outcomes: Outcome[]): void {
  const bad = outcomes.filter(({ reason }) => reason !== undefined)
  if (bad.length === 0) return
  const told = bad.map(({ name, reason }) => `\n  ${name}: ${reason}`).join('')
  throw new ReleaseFailure(`The version does not work; nobody has got it.${told}`)
}

/** A workflow that is cancelled gets a few seconds. */
function cancelled(): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort())
  return controller.signal
}

if (!values.origin || !URL.canParse(values.origin)) {
  console.error('Usage: npm run release -- --env production --origin https://cruddur.example')
  process.exit(2)
}
try {
  await release(new URL(values.origin).origin)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
