import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { unstable_readConfig as readConfig } from 'wrangler'
import { type JsonApi, jsonApi } from './json-api.ts'

const ROOT = join(import.meta.dirname, '..')
/** What the project's own wrangler is started by. */
export const WRANGLER = join(ROOT, 'node_modules/wrangler/bin/wrangler.js')
const API = 'https://api.cloudflare.com/client/v4'

/** Percent of the requests by version; they add up to 100. */
export type Traffic = Record<string, number>

/** Who got which part of the requests, from some moment on. */
export type Deployment = { at: Date; traffic: Traffic }

/** `trigger` is `secret` for a version that a change of a secret made: it has the code of the one before, and no tag. */
export type Origin = { tag: string | undefined; trigger: string | undefined }

/** Requests that were answered within some time, and those of them that we failed at: 500 and above. */
export type Answers = { requests: number; failed: number }

/** All that a release asks of Cloudflare, for one environment of wrangler.toml. */
export type Cloudflare = {
  /** The Worker's name in this environment. */
  name: string
  /** The last ones, newest first. */
  deployments(): Promise<Deployment[]>
  /** Where a version comes from: the tag that it was uploaded with, which is its commit, and what made it. */
  originOf(version: string): Promise<Origin>
  /** Builds the site and uploads it, for nobody yet; `address` reaches that version alone. */
  upload(upload: { tag: string; message: string }): Promise<{ version: string; address: string | undefined }>
  deploy(traffic: Traffic, message: string): Promise<void>
  /** Routes and cron: these belong to no version. */
  applyTriggers(): Promise<void>
  /** What a version has answered, by its own lines in Workers Logs. */
  answers(version: string, since: Date): Promise<Answers>
  /** Builds the site as a preview of its own, and tells where it is. */
  preview(name: string, secretsFile: string): Promise<string>
  deletePreview(name: string): Promise<void>
}

/** Who asks; `config` and `environment` say for which Worker. Wrangler reads the same variables. */
export type Access = { config?: string; environment?: string; env?: NodeJS.ProcessEnv }

/** What Cloudflare or wrangler refused, without what was sent. */
export class CloudflareError extends Error {
  override name = 'CloudflareError'
}

export function openCloudflare({
  config = join(ROOT, 'wrangler.toml'),
  environment,
  env = process.env,
}: Access = {}): Cloudflare {
  const { name } = readConfig({ config, env: environment }, { hideWarnings: true })
  if (!name) throw new CloudflareError('wrangler.toml names no Worker')
  const target = ['--config', config, ...(environment ? ['--env', environment] : [])]
  const wrangler = (...args: string[]) => run([...args, ...target], env)
  const api = apiOf(env)
  const script = `/workers/scripts/${name}`

  return {
    name,
    async deployments() {
      const { deployments } = await api<{ deployments: ListedDeployment[] }>('GET', `${script}/deployments`)
      return deployments.map(toDeployment).sort((a, b) => b.at.getTime() - a.at.getTime())
    },
    async originOf(version) {
      const found = await api<{ annotations?: Record<string, string> }>('GET', `${script}/versions/${version}`)
      const { 'workers/tag': tag, 'workers/triggered_by': trigger } = found.annotations ?? {}
      return { tag, trigger }
    },
    async upload({ tag, message }) {
      const told = await wrangler('versions', 'upload', '--tag', tag, '--message', message)
      const uploaded = told.find((line) => line.type === 'version-upload')
      if (!uploaded) throw new CloudflareError('wrangler told no version')
      return { version: String(uploaded.version_id), address: uploaded.preview_url as string | undefined }
    },
    async deploy(traffic, message) {
      const shares = Object.entries(traffic).map(([version, percent]) => `${version}@${percent}%`)
      await wrangler('versions', 'deploy', ...shares, '--message', message, '--yes')
    },
    async applyTriggers() {
      await wrangler('triggers', 'deploy')
    },
    answers: (version, since) => countAnswers(api, name, version, since),
    async preview(preview, secretsFile) {
      const told = await wrangler('preview', '--name', preview, '--secrets-file', secretsFile, '--json')
      const made = told.find((line) => line.type === 'preview')
      const [address] = (made?.preview_urls ?? []) as string[]
      if (!address) throw new CloudflareError('the preview has no address: is preview_urls on?')
      return address
    },
    async deletePreview(preview) {
      await wrangler('preview', 'delete', '--name', preview, '--skip-confirmation')
    },
  }
}

type ListedDeployment = { created_on: string; versions: { version_id: string; percentage: number }[] }

const toDeployment = ({ created_on, versions }: ListedDeployment): Deployment => ({
  at: new Date(created_on),
  traffic: Object.fromEntries(versions.map(({ version_id, percentage }) => [version_id, percentage])),
})

/** What wrangler writes for other programs, a line each. */
type Told = { type: string } & Record<string, unknown>

/** Runs wrangler; what it says to people is shown only when it fails. */
async function run(args: string[], env: NodeJS.ProcessEnv): Promise<Told[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cruddur-wrangler-'))
  const file = join(folder, 'told.ndjson')
  const settings = { WRANGLER_OUTPUT_FILE_PATH: file, WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true' }
  try {
    await promisify(execFile)(process.execPath, [WRANGLER, ...args], {
      cwd: ROOT,
      env: { ...env, ...settings },
      maxBuffer: 1 << 26,
    })
    const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n').filter(Boolean)
    return lines.map((line) => JSON.parse(line) as Told)
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new CloudflareError(`wrangler ${args.slice(0, 2).join(' ')} failed:\n${stdout}${stderr}`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Cloudflare's API, below the account: what it found, without the envelope. */
function apiOf({
  CLOUDFLARE_API_BASE_URL: base = API,
  CLOUDFLARE_ACCOUNT_ID: account,
  CLOUDFLARE_API_TOKEN: token,
}: NodeJS.ProcessEnv) {
  if (!account) throw new CloudflareError('CLOUDFLARE_ACCOUNT_ID is not set.')
  if (!token) throw new CloudflareError('CLOUDFLARE_API_TOKEN is not set; that wrangler is signed in is not enough.')
  const api = jsonApi('Cloudflare', `${base}/accounts/${account}`, token)
  const found: JsonApi = async (...asked) => (await api<{ result: never }>(...asked)).result
  return found
}

type Aggregate = { count: number; groups?: { key: string; value: string | number | boolean }[] }
type Telemetry = { calculations?: { aggregates: Aggregate[] }[] }

/**
 * Counts the `request` lines that a version has logged, by status. Cloudflare's own metrics count uncaught exceptions
 * alone, and not by version; ours tells of every answer.
 * https://developers.cloudflare.com/api/resources/workers/subresources/observability/subresources/telemetry/methods/query/
 */
async function countAnswers(api: JsonApi, name: string, version: string, since: Date): Promise<Answers> {
  const filter = (key: string, value: string) => ({ key, operation: 'eq', type: 'string', value })
  const { calculations } = await api<Telemetry>('POST', '/workers/observability/telemetry/query', {
    queryId: 'release',
    timeframe: { from: since.getTime(), to: Date.now() },
    view: 'calculations',
    ignoreSeries: true,
    dry: true,
    parameters: {
      filters: [
        filter('$metadata.service', name),
        filter('$workers.scriptVersion.id', version),
        filter('event', 'request'),
      ],
      calculations: [{ operator: 'count' }],
      groupBys: [{ type: 'number', value: 'status' }],
      limit: 100,
    },
  })
  const aggregates = calculations?.[0]?.aggregates ?? []
  const sum = (counted: Aggregate[]) => counted.reduce((total, { count }) => total + count, 0)
  const isFailure = ({ groups = [] }: Aggregate) => groups.some(({ value }) => Number(value) >= 500)
  return { requests: sum(aggregates), failed: sum(aggregates.filter(isFailure)) }
}
