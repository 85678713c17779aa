// What `npm run symbolicate -- COMMIT` runs: it builds a commit anew and hands stdin on, with each place in the Worker's bundle
// (index.js:12:3456) or in a file of the client (/assets/app-….js:1:2345), as stacks of the log and of Rollbar have it, said as
// a place in our files.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { SourceMap } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { buildSite } from '../tests/harness/build-site.ts'
import { exitWithUsage, runCommand } from './command.ts'
import { checkOut } from './git.ts'

/** A place in a bundle: its file, line and column. */
const PLACE = /[^\s()]*?\b(index\.js|assets\/[\w.-]+\.js):(\d+):(\d+)/g

/**
 * Says places in a site's bundles as places in the files they were made of, relative to `root`; what no map knows stays as it is.
 * @param built folder of the site: worker/index.js and client/assets, each file with its map
 */
export async function tellPlaces(stacks: string, built: string, root: string): Promise<string> {
  const names = new Set([...stacks.matchAll(PLACE)].map(([, name = '']) => name))
  const maps = new Map<string, { map: SourceMap; folder: string }>()
  for (const name of names) {
    const path = join(built, name === 'index.js' ? 'worker' : 'client', name)
    const text = await readFile(`${path}.map`, 'utf8').catch(() => null)
    if (text) maps.set(name, { map: new SourceMap(JSON.parse(text)), folder: dirname(path) })
  }
  return stacks.replace(PLACE, (place, name, line, column) => {
    const { map, folder = '' } = maps.get(name) ?? {}
    const found = map?.findEntry(Number(line) - 1, Number(column) - 1)
    if (!found || !('originalSource' in found)) return place
    const { originalSource, originalLine, originalColumn } = found
    // Packages may be linked to from elsewhere.
    const file = relative(root, resolve(folder, originalSource)).replace(/^.*?(?=node_modules\/)/, '')
    return `${file}:${originalLine + 1}:${originalColumn + 1}`
  })
}

async function main([commit]: string[]): Promise<void> {
  if (!commit) exitWithUsage('npm run symbolicate -- COMMIT < stack')
  const stacks = await text(process.stdin)
  const source = await checkOut(commit)
  const built = await mkdtemp(join(tmpdir(), 'cruddur-places-'))
  try {
    await buildSite(built, source.folder, true)
    console.log(await tellPlaces(stacks, built, source.folder))
  } finally {
    await Promise.all([source.remove(), rm(built, { recursive: true, force: true })])
  }
}

if (import.meta.main) await runCommand(() => main(process.argv.slice(2)))
