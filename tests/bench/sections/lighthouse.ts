import runLighthouse from 'lighthouse'
import { findFreePort } from '../../../local/ports.ts'
import { launchChromium } from '../../browser/support/chromium.ts'
import type { Bench } from '../bench.ts'
import { landings } from '../pages.ts'
import type { Report } from '../report.ts'
import { cookieOf } from '../route-list.ts'

const MIN_SCORE = 95
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo']

type Scored = { page: string; scores: number[]; findings: string[] }

/** Lighthouse scores of the landing pages on a phone, of 100. */
export async function lighthouse(bench: Bench): Promise<Report> {
  const { places } = await bench.stack()
  const { site } = await bench.site()
  const cookie = cookieOf(await bench.signIn(site, 'reader'))
  const port = await findFreePort()
  const browser = await launchChromium([`--remote-debugging-port=${port}`])
  const scored: Scored[] = []
  try {
    for (const [name, path] of Object.entries(landings(places))) {
      scored.push(await score({ page: `${name}, signed out`, url: new URL(path, site).href, port, headers: {} }))
    }
    scored.push(await score({ page: 'home, signed in', url: site.href, port, headers: { cookie } }))
  } finally {
    await browser.close()
  }
  return {
    tables: [
      {
        title: 'Lighthouse, of 100',
        columns: ['page', ...CATEGORIES],
        rows: scored.map(({ page, scores }) => [page, ...scores]),
        notes: scored.flatMap(({ page, findings }) => findings.map((finding) => `${page}: ${finding}`)),
      },
    ],
    budgets: CATEGORIES.map((category, index) => ({
      what: `Lighthouse: ${category}, the worst page`,
      bound: MIN_SCORE,
      measured: Math.min(...scored.map(({ scores }) => scores[index] ?? 0)),
      unit: '',
      atLeast: true,
    })),
  }
}

type ScoreOptions = { page: string; url: string; port: number; headers: Record<string, string> }

async function score({ page, url, port, headers }: ScoreOptions): Promise<Scored> {
  const result = await runLighthouse(url, {
    port,
    logLevel: 'error',
    onlyCategories: CATEGORIES,
    extraHeaders: headers,
  })
  if (!result) throw new Error(`Lighthouse returned no result for ${url}`)
  const { categories, audits, runtimeError } = result.lhr
  if (runtimeError) throw new Error(`Lighthouse could not judge ${url}: ${runtimeError.message}`)
  const failed = CATEGORIES.flatMap((name) => categories[name]?.auditRefs ?? []).filter(
    ({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 0.9,
  )
  return {
    page,
    scores: CATEGORIES.map((name) => Math.round((categories[name]?.score ?? 0) * 100)),
    findings: failed.map(({ id }) => `${audits[id]?.title} ${audits[id]?.displayValue ?? ''}`.trim()),
  }
}
