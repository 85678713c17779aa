import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** A bound on what is downloaded or deployed. Bytes after `gzip -9`; KB are 1,000 of them. */
export type SizeBudget = { what: string; bound: number; measured: number; unit: 'KB' }

/** The script that a browser loads until the app has taken over a page. */
export type PageScript = { page: string; kb: number; files: number }

export type Sizes = { budgets: SizeBudget[]; scripts: PageScript[] }

type SizeOptions = {
  /** Of a running site whose signed-out home page shows 20 cruds or more. */
  origin: string
  /** The session of a signed-in user, as a `Cookie` header. */
  cookie: string
  /** Other pages whose script is measured, by name. */
  pages: Record<string, string>
  /** Folder of the bundle that wrangler made. */
  workerDir: string
}

const MIN_CRUDS = 20

/** Measures what a browser downloads from a built site, found by the links in its documents. */
export async function measureSizes({ origin, cookie, pages, workerDir }: SizeOptions): Promise<Sizes> {
  const load = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(new URL(path, origin), { headers })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
    return answer.text()
  }
  const sizeOf = async (paths: string[]) => {
    const sizes = await Promise.all(paths.map(async (path) => gzipped(await load(path))))
    return sizes.reduce((sum, size) => sum + size, 0)
  }
  const scriptOf = async (page: string, path: string): Promise<PageScript> => {
    const paths = scriptsIn(await load(path, { cookie }))
    return { page, kb: await sizeOf(paths), files: paths.length }
  }

  const signedOut = await load('/')
  const activityCount = signedOut.match(/<article class="activity"/g)?.length ?? 0
  if (activityCount < MIN_CRUDS)
    throw new Error(`The home page shows ${activityCount} activities; ${MIN_CRUDS} are needed`)
  const inline = [...signedOut.matchAll(/<script\b[^>]*>(.*?)<\/script>/gs)].map(([, code = '']) => code).join('')
  const home = await scriptOf('home', '/')
  const others: PageScript[] = []
  for (const [page, path] of Object.entries(pages)) others.push(await scriptOf(page, path))

  return {
    budgets: [
      {
        what: 'script of a signed-out page',
        bound: 0,
        measured: (await sizeOf(scriptsIn(signedOut))) + inline.length / 1000,
        unit: 'KB',
      },
      {
        what: `HTML and CSS of a signed-out page of ${MIN_CRUDS} cruds`,
        bound: 20,
        measured: gzipped(signedOut) + (await sizeOf(stylesIn(signedOut))),
        unit: 'KB',
      },
      // 135, 2 for audiences, 2 for images, 1 for safety, and 1 for the suggestions to a new user, who is measured here:
      // docs/performance.md says what they went to.
      { what: 'script of the signed-in home page', bound: 141, measured: home.kb, unit: 'KB' },
      { what: 'the Worker', bound: 340, measured: gzipped(await bundleIn(workerDir)), unit: 'KB' },
    ],
    scripts: [home, ...others],
  }
}

const gzipped = (text: string): number => gzipSync(text, { level: 9 }).length / 1000

const matchesOf = (html: string, pattern: RegExp): string[] => [
  ...new Set([...html.matchAll(pattern)].map(([, path = '']) => path)),
]
const scriptsIn = (html: string) => matchesOf(html, /<script [^>]*?src="([^"]+)"/g)
const stylesIn = (html: string) => matchesOf(html, /<link rel="stylesheet" href="([^"]+)"/g)

/** Everything that is uploaded for the Worker: its script and the texts of its queries. */
async function bundleIn(folder: string): Promise<string> {
  const files = (await readdir(folder)).filter((name) => /\.(?:js|sql)$/.test(name)).sort()
  return (await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')))).join('')
}

/** The sizes as a readable table. */
export function writeSizes({ budgets, scripts }: Sizes): string {
  const kb = (value: number) => value.toFixed(1).padStart(7)
  return [
    'gzip -9, in KB of 1,000 bytes         found   bound',
    ...budgets.map(({ what, bound, measured }) => `${what.padEnd(36)}${kb(measured)} ${kb(bound)}`),
    '',
    'script before a page is the app’s             files',
    ...scripts.map(({ page, kb: size, files }) => `${page.padEnd(36)}${kb(size)} ${String(files).padStart(7)}`),
  ].join('\n')
}
