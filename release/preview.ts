// The workflow of pull requests: `npm run preview -- up` builds the checkout as a preview with its own database and comments its
// URL on the pull request; `down` deletes both. Pull request and credentials come from the environment.
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CloudflareError, openCloudflare } from './cloudflare.ts'
import { exitWithUsage, runCommand } from './command.ts'
import { jsonApi } from './json-api.ts'
import { openNeon } from './neon.ts'
import { migratedBranch } from './preview-database.ts'
import { upsertComment } from './pull-request.ts'
import { smoke } from './smoke/smoke.ts'

/** Previews belong to staging's Worker, so that their API token has access to nothing else. */
const ENVIRONMENT = 'staging'
/** Settings that a preview takes from the environment, if they are set. */
const SETTINGS = ['COGNITO_REGION', 'COGNITO_USER_POOL_ID', 'COGNITO_CLIENT_ID', 'COGNITO_CLIENT_SECRET']

const { env } = process

function need(name: string): string {
  const value = env[name]
  if (!value) throw new Error(`${name} is not set.`)
  return value
}

const [command = ''] = process.argv.slice(2)
if (command !== 'up' && command !== 'down') exitWithUsage('npm run preview -- up|down')

/** Returns the APIs and the name of the preview, from the environment. */
function open() {
  const number = Number(need('PULL_REQUEST'))
  const neonApi = jsonApi('Neon', env.NEON_API ?? 'https://console.neon.tech/api/v2', need('NEON_API_KEY'))
  const github = jsonApi('GitHub', env.GITHUB_API_URL ?? 'https://api.github.com', need('GITHUB_TOKEN'), {
    accept: 'application/vnd.github+json',
  })
  return {
    name: `pr-${number}`,
    neon: openNeon(neonApi, need('NEON_PROJECT_ID')),
    comment: (text: string) =>
      upsertComment(github, { repository: need('GITHUB_REPOSITORY'), number }, 'preview', text),
    cloudflare: openCloudflare({ environment: ENVIRONMENT }),
  }
}
type Preview = ReturnType<typeof open>

async function up({ name, neon, comment, cloudflare }: Preview): Promise<void> {
  const { pooled } = await migratedBranch(neon, name, { log: console.log })
  const url = await withSecrets(pooled, (file) => cloudflare.preview(name, file))
  const failed = (await smoke({ origin: url })).filter(({ reason }) => reason !== undefined)
  const failures = failed.map((outcome) => `- ${outcome.name}: ${outcome.reason}`).join('\n')
  await comment(
    `Preview of ${need('COMMIT').slice(0, 12)}: ${url}${failures && `\n\nIts smoke test failed:\n${failures}`}`,
  )
  console.log(`${url}\n${failures}`)
  if (failed.length > 0) process.exitCode = 1
}

async function withSecrets<T>(pooled: string, use: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'cruddur-secrets-'))
  const file = join(folder, 'secrets.json')
  const settings = SETTINGS.flatMap((setting) => (env[setting] ? [[setting, env[setting]]] : []))
  try {
    const secrets = {
      DATABASE_URL: pooled,
      SECRET_KEY: randomBytes(32).toString('base64'),
      EVIDENCE_KEY: randomBytes(32).toString('base64'),
      CONTACT_EMAIL: 'preview@example.com',
      ...Object.fromEntries(settings),
    }
    await writeFile(file, JSON.stringify(secrets), { mode: 0o600 })
    return await use(file)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function down({ name, neon, comment, cloudflare }: Preview): Promise<void> {
  // Delete the branch even if there is no preview to delete.
  await cloudflare.deletePreview(name).catch((error: unknown) => {
    if (!(error instanceof CloudflareError)) throw error
    console.log(error.message)
  })
  await neon.drop(name)
  await comment('The preview and its database were deleted.')
}

await runCommand(() => (command === 'up' ? up : down)(open()))
