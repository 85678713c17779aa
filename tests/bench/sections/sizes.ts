import type { Bench } from '../bench.ts'
import { landings } from '../pages.ts'
import type { Report } from '../report.ts'
import { cookieOf } from '../route-list.ts'
import { measureSizes } from '../sizes.ts'

/** Sizes of downloads and of the deployment. `npm test` checks the same budgets on every change. */
export async function sizes(bench: Bench): Promise<Report> {
  const { site } = await bench.site()
  const { places } = await bench.stack()
  const { workerDir } = (await bench.build()).site
  const cookie = cookieOf(await bench.signIn(site, 'reader'))
  const { home: _, ...pages } = landings(places)
  const { budgets, scripts } = await measureSizes({ origin: site.origin, cookie, pages, workerDir })
  return {
    tables: [
      {
        title: 'Sizes after gzip -9, in KB of 1,000 bytes',
        columns: ['what', 'KB', 'at most'],
        rows: budgets.map(({ what, bound, measured }) => [what, measured, bound]),
      },
      {
        title: 'Script that a browser loads before a page is the app’s',
        columns: ['page, signed in', 'KB', 'files'],
        rows: scripts.map(({ page, kb, files }) => [page, kb, files]),
      },
    ],
    budgets,
  }
}
