import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const DEFAULT_PORT = 8787
const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1', '[::1]'])

/** Returns whether a host is a loopback address. */
export const isLoopbackHost = (host: string): boolean => LOOPBACK.has(host)

/** The folder of the checkout. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '')

/** Settings of `npm start` from the environment. */
export interface Settings {
  ports: { site: number; postgres: number; neon: number; cognito: number; inspector: number }
  /** Folder of all data kept between runs. */
  stateDir: string
  /** File for the Worker's variables. */
  devVarsFile: string
  /** Whether `devVarsFile` is the one that wrangler reads by default. */
  isDefaultPort: boolean
  database: DatabaseChoice
  /** The Cognito pool of the environment, as variables of the Worker; null for the local endpoint. */
  cognito: Record<string, string> | null
}

/** The database to use: our own, another Postgres behind our Neon endpoint, or Neon itself. */
export type DatabaseChoice =
  | { kind: 'local' }
  | { kind: 'postgres'; url: string; isLoopback: boolean }
  | { kind: 'neon'; url: string }

/** Parses PORT, DATABASE_URL and COGNITO_*. Throws an error with a one-line message for invalid values. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const site = readPort(env.PORT)
  const isDefaultPort = site === DEFAULT_PORT
  const stateDir = resolve(ROOT, '.local', isDefaultPort ? '' : String(site))
  return {
    ports: { site, postgres: site + 1, neon: site + 2, cognito: site + 3, inspector: site + 4 },
    stateDir,
    // Not in the root: every wrangler that runs there would read it.
    devVarsFile: isDefaultPort ? resolve(ROOT, '.dev.vars') : resolve(stateDir, 'dev.vars'),
    isDefaultPort,
    database: readDatabase(env.DATABASE_URL),
    cognito: readCognito(env),
  }
}

function readPort(text: string | undefined): number {
  if (text === undefined || text === '') return DEFAULT_PORT
  const port = Number(text)
  if (Number.isInteger(port) && port >= 1024 && port <= 65_531) return port
  throw new Error(`PORT is ${text}: it must be a number from 1024 to 65531 (the four ports after it are used too).`)
}

function readDatabase(text: string | undefined): DatabaseChoice {
  if (!text) return { kind: 'local' }
  const url = URL.parse(text)
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol)) {
    throw new Error('DATABASE_URL is not a postgres:// URL.')
  }
  if (/\.neon\.(tech|build)$/.test(url.hostname)) return { kind: 'neon', url: text }
  return { kind: 'postgres', url: text, isLoopback: isLoopbackHost(url.hostname) }
}

function readCognito(env: NodeJS.ProcessEnv): Record<string, string> | null {
  const names = Object.keys(env).filter((name) => name.startsWith('COGNITO_') && env[name])
  if (names.length === 0) return null
  const missing = ['COGNITO_REGION', 'COGNITO_USER_POOL_ID', 'COGNITO_CLIENT_ID'].filter((name) => !env[name])
  if (missing.length > 0) throw new Error(`${names[0]} is set, so ${missing.join(' and ')} must be set too.`)
  return Object.fromEntries(names.map((name) => [name, env[name] ?? '']))
}
