import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCognitoEndpoint } from '../../local/cognito/endpoint.ts'
import { startPostgres } from '../../local/postgres.ts'
import { newWorkerLogin, urlWithLogin, type WorkerLogin } from '../../sql/worker-login.ts'
import { startNeon } from '../../tests/bench/neon.ts'
import { CONTACT_EMAIL, EVIDENCE_KEY, SECRET_KEY } from '../../tests/harness/bindings.ts'
import { buildSite } from '../../tests/harness/build-site.ts'
import { startWorkerd } from '../../tests/harness/workerd.ts'
import type { Mailbox } from '../../tests/support/actors/actors.ts'
import { openTrafficSplit, type TrafficSplit } from './traffic-split.ts'

/** Two builds of the site on one database and one Cognito pool. */
export type RehearsalSite = {
  url: string
  login: WorkerLogin
  split: TrafficSplit
  mailbox: Mailbox
  close(): Promise<void>
}

/** Builds an older checkout and this one, and starts both, each in its own workerd, behind one proxy. */
export async function openRehearsalSite(older: string): Promise<RehearsalSite> {
  const closers: (() => Promise<unknown>)[] = []
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer()
  }
  try {
    const folder = await mkdtemp(join(tmpdir(), 'cruddur-rehearsal-'))
    closers.push(() => rm(folder, { recursive: true, force: true }))
    const mailbox: Mailbox = new Map()
    const postgres = await startPostgres({ port: 0, durable: false })
    closers.push(() => postgres.stop())
    const cognito = await startCognitoEndpoint({
      port: 0,
      stateFile: join(folder, 'cognito.json'),
      onCode: (email, code) => mailbox.set(email, [...(mailbox.get(email) ?? []), code]),
    })
    closers.push(() => cognito.stop())
    const login = newWorkerLogin(postgres.url)
    const neon = await startNeon(postgres.port)
    closers.push(() => neon.stop())
    const settings = {
      DATABASE_URL: urlWithLogin(postgres.url, login),
      NEON_ENDPOINT: neon.url,
      COGNITO_REGION: cognito.region,
      COGNITO_USER_POOL_ID: cognito.userPoolId,
      COGNITO_CLIENT_ID: cognito.clientId,
      COGNITO_ENDPOINT: cognito.endpoint,
      COGNITO_ISSUER: cognito.issuer,
      COGNITO_JWKS_URL: cognito.jwksUrl,
      SECRET_KEY,
      EVIDENCE_KEY,
      CONTACT_EMAIL,
    }
    const start = async (name: string, root?: string): Promise<URL> => {
      const site = await buildSite(join(folder, name), root)
      const workerd = await startWorkerd([{ name: 'cruddur', ...site, settings }], { assets: true, liftLimits: true })
      closers.push(() => workerd.close())
      return workerd.site
    }
    const split = await openTrafficSplit(await start('old', older), await start('new'))
    closers.push(() => split.close())
    return { url: postgres.url, login, split, mailbox, close }
  } catch (error) {
    await close()
    throw error
  }
}
