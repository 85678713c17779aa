// `npm run rehearse [-- COMMIT]`: rehearses a release from the previous version to this one and back, under load. It starts with
// the older schema and build, migrates, and shifts traffic. Exits with 1 if a request failed or an activity was lost.

import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { migrate } from '../sql/migrate.ts'
import { withConnection } from '../sql/with-connection.ts'
import { ensureWorkerLogin } from '../sql/worker-login.ts'
import { type Actor, Actors } from '../tests/support/actors/actors.ts'
import { HAVE_MET } from '../tests/support/fixtures/have-met.ts'
import { checkOut, commitNow, isBeforeBaseline } from './git.ts'
import { commitBefore } from './live-commit.ts'
import { openRehearsalSite, type RehearsalSite } from './rehearsal/environment.ts'
import { type Load, startLoad } from './rehearsal/load.ts'
import { type OpenTab, openTab } from './rehearsal/open-tab.ts'
import { VERSION_KEY } from './rehearsal/traffic-split.ts'
import { STEPS } from './roll-out.ts'

const PEOPLE = 8

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '10' } },
})

async function rehearse(site: RehearsalSite, olderFolder: string): Promise<boolean> {
  await migrate(site.url, { folder: join(olderFolder, 'sql/migrations') })
  await ensureWorkerLogin(site.url, site.login)
  const actors = new Actors(site.split.origin, site.mailbox)
  const people = Array.from({ length: PEOPLE }, (_, index) => actors.unregistered(`anna${index}`))
  for (const person of people) {
    person.headers = { [VERSION_KEY]: person.handle }
    await person.signsUp()
    await person.confirms()
  }
  // The load is not about the limits of new accounts and of messages to strangers.
  await withConnection(site.url, async (client) => {
    await client.query("update users set created_at = now() - interval '2 days'")
    await client.query(HAVE_MET, [people.map(({ handle }) => handle)])
  })
  const tab = await openTab(await signInOnAnotherDevice(people[0]))
  try {
    return await changeVersions(site, startLoad(people), tab)
  } finally {
    await tab.close()
  }
}

async function signInOnAnotherDevice(person: Actor | undefined): Promise<Actor> {
  if (!person) throw new Error('The rehearsal has no users.')
  const sameUser = person.onAnotherDevice()
  sameUser.headers = person.headers
  await sameUser.signsIn()
  return sameUser
}

async function changeVersions({ url, split }: RehearsalSite, load: Load, tab: OpenTab): Promise<boolean> {
  let isGood = await runLoad(load, 'the old version')
  const applied = await migrate(url, { stopsBeforeContract: true })
  isGood = (await runLoad(load, `${applied.length} migrations applied, the old version`)) && isGood
  for (const percent of STEPS) {
    split.setPercent(percent)
    isGood = (await runLoad(load, `${percent} % to the new version`)) && isGood
  }
  isGood = (await checkTab(tab, 'on the new version')) && isGood
  split.setPercent(0)
  isGood = (await runLoad(load, 'back to the old version')) && isGood
  isGood = (await checkTab(tab, 'back on the old version')) && isGood
  const created = await load.stop()
  const lost = await countLost(url, created)
  console.log(`${created.length} activities were created and not deleted; ${lost} of them are lost`)
  return isGood && lost === 0
}

/** Uses the tab that was opened before the release, and prints the result. Returns whether it works. */
async function checkTab(tab: OpenTab, name: string): Promise<boolean> {
  const failures = await tab.use()
  console.log(`a tab opened before the release, ${name}: ${failures.length === 0 ? 'works' : 'is broken'}`)
  for (const failure of failures) console.log(`  FAILED  ${failure}`)
  return failures.length === 0
}

/** Waits while the load runs, and prints its results. Returns whether all requests succeeded. */
async function runLoad(load: Load, name: string): Promise<boolean> {
  await sleep(Number(values.seconds) * 1000)
  const { requests, failures, reloads, ms } = load.take()
  const sorted = ms.toSorted((a, b) => a - b)
  const percentile = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(0)
  const times = `p50 ${percentile(0.5)} ms, p99 ${percentile(0.99)} ms, most ${percentile(1)} ms`
  console.log(`${name}: ${requests} requests, ${failures.length} failed, ${reloads} page reloads; ${times}`)
  for (const failure of new Set(failures)) console.log(`  FAILED  ${failure}`)
  return failures.length === 0 && requests > 0
}

async function countLost(url: string, created: string[]): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from activities where uuid = any($1)', [created])
    return created.length - (rowCount ?? 0)
  } finally {
    await client.end()
  }
}

const from = await commitBefore(positionals[0], undefined)
console.log(`From ${from} to ${commitNow()} and back, ${PEOPLE} people, ${values.seconds} s each`)
const before = await checkOut(from)
try {
  if (isBeforeBaseline(before.folder)) throw new Error(`${from} is older than the baseline of the migrations.`)
  const site = await openRehearsalSite(before.folder)
  try {
    process.exitCode = (await rehearse(site, before.folder)) ? 0 : 1
  } finally {
    await site.close()
  }
} finally {
  await before.remove()
}
