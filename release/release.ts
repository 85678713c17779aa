// `npm run release -- --env production --origin https://…`: see release-version.ts. Exits with 1 if the release was rolled back.
import { parseArgs } from 'node:util'
import { openCloudflare } from './cloudflare.ts'
import { exitWithUsage, runCommand, setStepOutput } from './command.ts'
import { assertNoNewClass } from './durable-object-classes.ts'
import { commitNow, git } from './git.ts'
import { liveCommit } from './live-commit.ts'
import { releaseVersion } from './release-version.ts'
import { accountFrom } from './smoke/account.ts'
import { smoke } from './smoke/smoke.ts'

const { values } = parseArgs({
  options: {
    env: { type: 'string' },
    origin: { type: 'string' },
    // Duration and interval of each step's watch.
    seconds: { type: 'string', default: '300' },
    every: { type: 'string', default: '30' },
  },
})

/** Returns a signal of cancellation; a cancelled workflow has a few seconds left. */
function cancelled(): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort())
  return controller.signal
}

const { env, origin } = values
if (!env || !origin || !URL.canParse(origin)) {
  exitWithUsage('npm run release -- --env production --origin https://cruddur.example')
}
await runCommand(async () => {
  assertNoNewClass(await liveCommit(env), commitNow())
  await releaseVersion({
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
  })
})
// Do not wait for requests that were pending when the release was cancelled.
process.exit()
