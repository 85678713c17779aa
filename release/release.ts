// What `npm run release -- --env production --origin https://…` runs: see release-version.ts. It ends with 1 when the old
// version has all requests again.
import { parseArgs } from 'node:util'
import { openCloudflare } from './cloudflare.ts'
import { exitWithUsage, runCommand, setStepOutput } from './command.ts'
import { commitNow, git } from './git.ts'
import { releaseVersion } from './release-version.ts'
import { accountFrom } from './smoke/account.ts'
import { smoke } from './smoke/smoke.ts'

const { values } = parseArgs({
  options: {
    env: { type: 'string' },
    origin: { type: 'string' },
    // Of each step.
    seconds: { type: 'string', default: '300' },
    every: { type: 'string', default: '30' },
  },
})

/** A workflow that is cancelled gets a few seconds. */
function cancelled(): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort())
  return controller.signal
}

const { env, origin } = values
if (!env || !origin || !URL.canParse(origin)) {
  exitWithUsage('npm run release -- --env production --origin https://cruddur.example')
}
await runCommand(() =>
  releaseVersion({
    cloudflare: openCloudflare({ environment: env }),
    smoke,
    log: (line) => console.log(line),
    origin: new URL(origin).origin,
    ...accountFrom(process.env),
    commit: { tag: commitNow(), message: git('log', '-1', '--format=%s').slice(0, 100) },
    seconds: Number(values.seconds),
    every: Number(values.every),
    onUpload: (version) => setStepOutput('version', version),
    signal: cancelled(),
  }),
)
// What was asked when the release was cancelled may still wait for its answer; nobody else does.
process.exit()
