import { beforeAll, expect, inject, test } from 'vitest'
import { seed } from '../../../sql/seed/seed.ts'
import { measureSizes, type Sizes, writeSizes } from '../../bench/sizes.ts'
import { openSite } from '../../harness/site.ts'

const site = await openSite()

let sizes: Sizes
beforeAll(async () => {
  await seed(site.db.url, site.cognito)
  const anna = await site.actors.join()
  const activity = await anna.posts('measured')
  sizes = await measureSizes({
    origin: site.origin,
    cookie: [...anna.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    pages: {
      'a profile': `/@${anna.handle}`,
      'an activity': `/@${anna.handle}/status/${activity.uuid}`,
      notifications: '/notifications',
      messages: '/messages',
      search: '/search',
      settings: '/settings',
      about: '/about',
    },
    workerDir: inject('site').workerDir,
  })
  // CI shows this table.
  process.stdout.write(`\n${writeSizes(sizes)}\n\n`)
})

test('no size exceeds its budget', () => {
  for (const { what, bound, measured } of sizes.budgets) expect.soft(measured, what).toBeLessThanOrEqual(bound)
})
