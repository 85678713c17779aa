// What `npm run places -- COMMIT` runs: it builds a commit anew and hands stdin on, with each place in the Worker's bundle
// (index.js:12:3456, as stacks of the log and of Rollbar have it) said as a place in our files.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { SourceMap } from 'node:module'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { buildSite } from '../tests/harness/build-site.ts'
import { runCommand, tellUsage } from './command.ts'
import { checkOut } from './git.ts'

/**
 * Says places in a bundle as places in the files it was made of, relative to `root`; what the map does not know stays as it is.
 * @param bundle folder of index.js and its map
 */
export async function tellPlaces(stacks: string, bundle: string, root: string): Promise<string> {
  const map = new SourceMap(JSON.parse(await readFile(join(bundle, 'index.js.map'), 'utf8')))
  return stacks.replace(/[^\s()]*\bindex\.js:(\d+):(\d+)/g, (place, line, column) => {
    const found = map.findEntry(Number(line) - 1, Number(column) - 1)
    if (!('originalSource' in found)) return place
    const { originalSource, originalLine, originalColumn } = found
    // Packages may be linked to from elsewhere.
    const file = relative(root, resolve(bundle, originalSource)).replace(/^.*?(?=node_modules\/)/, '')
    return `${file}:${originalLine + 1}:${originalColumn + 1}`
  })
}

async function main([commit]: string[]): Promise<void> {
  if (!commit) tellUsage('npm run places -- COMMIT < stack')
  const stacks = await text(process.stdin)
  const source = await checkOut(commit)
  const built = await mkdtemp(join(tmpdir(), 'cruddur-places-'))
  try {
    await buildSite(built, source.folder)
    console.log(await tellPlaces(stacks, join(built, 'worker'), source.folder))
  } finally {
    await Promise.all([source.remove(), rm(built, { recursive: true, force: true })])
  }
}

if (import.meta.main) await runCommand(() => main(process.argv.slice(2)))
