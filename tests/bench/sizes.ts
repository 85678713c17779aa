import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** A bound on what is downloaded or deployed. Bytes after `gzip -9`; KB are 1,000 of them. */
export type SizeBudget = { what: string; bound: number; measured: number; unit: 'KB' }

/** The script that a browser loads before a page is the app's: KB and files. */
export type PageScript = { page: string; kb: number; files: number }

export type Sizes = { budgets: SizeBudget[]; scripts: PageScript[] }

type Measured = {
  /** Of a running site, whose home page shows 20 cruds or more to whoever is signed out. */
  origin: string
  /** The session of somebody signed in there, as a `Cookie` header. */
  cookie: string
  /** Further addresses to tell the script of, by name. */
  pages: Record<string, string>
  /** What wrangler bundled. */
  workerDir: string
}

const CRUDS = 20

/** Measures a built site as a browser gets it: by what its documents link to. */
export async function measureSizes({ origin, cookie, pages, workerDir }: Measured): Promise<Sizes> {
  const load = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(new URL(path, origin), { headers })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
    return answer.text()
  }
  const weigh = async (paths: string[]) => {
    const sizes = await Promise.all(paths.map(async (path) => gzipped(await load(path))))
    return sizes.reduce((sum, size) => sum + size, 0)
  }
  const scriptOf = async (page: string, path: string): Promise<PageScript> => {
    const paths = scriptsIn(await load(path, { cookie }))
    return { page, kb: await weigh(paths), files: paths.length }
  }

  const signedOut = await load('/')
  const shown = signedOut.match(/<article class="activity"/g)?.length ?? 0
  if (shown < CRUDS) throw new Error(`The home page shows ${shown} cruds; ${CRUDS} are needed`)
  const inline = [...signedOut.matchAll(/<script\b[^>]*>(.*?)<\/script>/gs)].map(([, code = '']) => code).join('')
  const home = await scriptOf('home', '/')
  const further: PageScript[] = []
  for (const [page, path] of Object.entries(pages)) further.push(await scriptOf(page, path))

  return {
    budgets: [
      {
        what: 'script of a signed-out page',
        bound: 0,
        measured: (await weigh(scriptsIn(signedOut))) + inline.length / 1000,
        unit: 'KB',
      },
      {
        what: `HTML and CSS of a signed-out page of ${CRUDS} cruds`,
        bound: 20,
        measured: gzipped(signedOut) + (await weigh(stylesIn(signedOut))),
        unit: 'KB',
      },
      { what: 'script of the signed-in home page', bound: 135, measured: home.kb, unit: 'KB' },
      { what: 'the Worker', bound: 340, measured: gzipped(await bundleIn(workerDir)), unit: 'KB' },
    ],
    scripts: [home, ...further],
  }
}

const gzipped = (text: string): number => gzipSync(text, { level: 9 }).length / 1000

const found = (html: string, pattern: RegExp): string[] => [
  ...new Set([...html.matchAll(pattern)].map(([, path = '']) => path)),
]
const scriptsIn = (html: string) => found(html, /<(?:link rel="modulepreload" href|script [^>]*?src)="([^"]+)"/g)
const stylesIn = (html: string) => found(html, /<link rel="stylesheet" href="([^"]+)"/g)

/** All that is uploaded of the Worker: its script and the texts of its queries. */
async function bundleIn(folder: string): Promise<string> {
  const files = (await readdir(folder)).filter((name) => /\.(?:js|sql)$/.test(name)).sort()
  return (await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')))).join('')
}

/** The table of a run, for people. */
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
