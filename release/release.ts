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
    // How long each step is watched, and the pause before each check.
    'watch-seconds': { type: 'string', default: '300' },
    'check-seconds': { type: 'string', default: '30' },
  },
})

/** Returns a signal that is aborted when the release is cancelled; a cancelled workflow has a few seconds left. */
function cancellation(): AbortSignal {
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
    watchSeconds: Number(values['watch-seconds']),
    checkSeconds: Number(values['check-seconds']),
    onUpload: (version) => setStepOutput('version', version),
    signal: cancellation(),
  })
})
// Do not wait for requests that were pending when the release was cancelled.
process.exit()
