import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { SKIP_MS } from '../../../worker/db/optional-parts.ts'
import { openSite, type Site } from '../../harness/site.ts'
import type { Actor } from '../../support/actors/actors.ts'
import { examplesOf, makePageFixture, PAGES, type PageFixture } from '../../support/fixtures/page-examples.ts'

/** Optional parts of pages, by the function that reads each, what a page shows of it, and a page that reads it. */
const PARTS: Record<string, { shows: string; signedOut: boolean; on?: string }> = {
  read_trending_tags: { shows: '>Trending</h2>', signedOut: true },
  read_suggested_users: { shows: '>People to follow</h2>', signedOut: false },
  read_arrival: { shows: '>Find people to follow</h2>', signedOut: false, on: '/' },
  count_unread_notifications: { shows: 'aria-label="Notifications, ', signedOut: false },
  count_unread_conversations: { shows: 'aria-label="Messages, ', signedOut: false },
}
/** Name of a part's function. */
type Part = string

/** Replaces the body of a function until the end of the test; NULLS in it becomes its columns as nulls. */
async function breakFunction({ db }: Site, name: Part, body: string): Promise<void> {
  const [found] = await db.sql<{ definition: string; nulls: string }>(
    `select pg_get_functiondef(pg_proc.oid) as definition,
       (select string_agg('null::' || format_type(type, null), ', ' order by at)
        from unnest(proallargtypes, proargmodes) with ordinality as argument (type, mode, at)
        where mode = 't') as nulls
     from pg_proc join releases on pronamespace = functions_schema::regnamespace
     where proname = $1`,
    [name],
  )
  if (!found) throw new Error(`There is no function ${name}`)
  // A function that stays broken would fail again when its rest is over, in a later test.
  onTestFinished(async () => void (await db.sql(found.definition)))
  const [head] = found.definition.split('$function$')
  await db.sql(`${head}$function$ begin ${body.replace('NULLS', found.nulls)}; end $function$`)
}

const FAULTS: Record<string, (site: Site, part: Part) => Promise<unknown>> = {
  'has lost a table': (site, part) => breakFunction(site, part, 'return query select * from lost_table'),
  'is too slow': (site, part) => breakFunction(site, part, 'perform pg_sleep(30); return query select NULLS'),
  'has malformed rows': (site, part) => breakFunction(site, part, 'return query select NULLS'),
}

/** The fault with which every page is read. */
const ON_ALL_PAGES = 'has lost a table'

const failuresOf = ({ log }: Site, part: Part) =>
  log
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
    .filter((line) => line.event === 'error' && line.part === part)

describe.each(Object.keys(FAULTS))('if an optional part %s', (fault) => {
  let site: Site
  let fixture: PageFixture
  beforeAll(async () => {
    site = await openSite()
    fixture = await makePageFixture(site)
    // A user to suggest.
    await (await site.actors.join('cleo')).posts('hello')
    await site.db.sql(`insert into trending_tags (tag, score, cruds_count) values ('tags', 1, 1)`)
  })

  async function visit(reader: Pick<Actor, 'visits'>, path: string) {
    const tripsBefore = site.database.count()
    const answer = await reader.visits(path)
    return { answer, trips: site.database.count() - tripsBefore }
  }

  test.each(Object.entries(PARTS))(
    '%s: pages render without it',
    async (part, { shows, signedOut, on = '/search?term=tickets' }) => {
      const reader = () => (signedOut ? site.actors.visitor() : fixture.anna)
      const intact = await reader().visits('/')
      expect(intact.text).toContain(shows)
      await FAULTS[fault]?.(site, part)

      const start = Date.now()
      const first = await visit(fixture.anna, on)
      expect(first.answer.status).toBe(200)
      expect(first.trips).toBe(fault === 'has malformed rows' ? 1 : 2)
      expect(failuresOf(site, part)).toHaveLength(1)

      // A failed part rests, so it is not queried again, unless reading the pages takes longer than the rest. How it failed makes no
      // difference to pages after that, so one fault reads all of them.
      const pages = fault === ON_ALL_PAGES ? PAGES : ['/', '/search', '/:at_handle']
      const restsOver = () => Math.floor((Date.now() - start) / SKIP_MS)
      let extraTrips = 0
      for (const path of pages.flatMap((page) => examplesOf(page, fixture))) {
        for (const visitor of [fixture.anna, site.actors.visitor()]) {
          const { answer, trips } = await visit(visitor, path)
          expect(answer.status, `${path}: ${answer.text}`).toBeLessThan(500)
          extraTrips += Math.max(0, trips - (path.endsWith(fixture.expired.uuid) ? 2 : 1))
          expect(extraTrips, path).toBeLessThanOrEqual(restsOver())
          expect(answer.text, path).not.toContain(shows)
        }
      }
      expect(failuresOf(site, part).length).toBeLessThanOrEqual(1 + restsOver())
    },
  )

  test('every error was logged with its part', () => {
    const errors = site.log.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line))
    expect(errors.filter((line) => line.event === 'error' && line.part === undefined)).toEqual([])
  })
})
