// `npm run symbolicate -- COMMIT < stack`: symbolicates a stack trace of the log or of Rollbar. Builds the commit again, and
// replaces positions in the Worker's bundle (index.js:12:3456) and in the client's chunks (/assets/app-….js:1:2345) by those in
// the sources.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { SourceMap } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { buildSite } from '../tests/harness/build-site.ts'
import { exitWithUsage, runCommand } from './command.ts'
import { checkOut } from './git.ts'

/** Matches a position in a bundle: file, line and column. */
const POSITION = /[^\s()]*?\b(index\.js|assets\/[\w.-]+\.js):(\d+):(\d+)/g

/**
 * Replaces positions in a site's bundles by positions in their sources, relative to `root`; keeps those without a source map.
 * @param built folder of the built site: worker/index.js and client/assets, each file with its source map
 */
export async function symbolicate(stacks: string, built: string, root: string): Promise<string> {
  const names = new Set([...stacks.matchAll(POSITION)].map(([, name = '']) => name))
  const maps = new Map<string, { map: SourceMap; folder: string }>()
  for (const name of names) {
    const path = join(built, name === 'index.js' ? 'worker' : 'client', name)
    const text = await readFile(`${path}.map`, 'utf8').catch(() => null)
    if (text) maps.set(name, { map: new SourceMap(JSON.parse(text)), folder: dirname(path) })
  }
  return stacks.replace(POSITION, (position, name, line, column) => {
    const { map, folder = '' } = maps.get(name) ?? {}
    const found = map?.findEntry(Number(line) - 1, Number(column) - 1)
    if (!found || !('originalSource' in found)) return position
    const { originalSource, originalLine, originalColumn } = found
    // node_modules may be a link to another folder.
    const file = relative(root, resolve(folder, originalSource)).replace(/^.*?(?=node_modules\/)/, '')
    return `${file}:${originalLine + 1}:${originalColumn + 1}`
  })
}

async function main([commit]: string[]): Promise<void> {
  if (!commit) exitWithUsage('npm run symbolicate -- COMMIT < stack')
  const stacks = await text(process.stdin)
  const source = await checkOut(commit)
  const built = await mkdtemp(join(tmpdir(), 'cruddur-symbolicate-'))
  try {
    await buildSite(built, source.folder, true)
    console.log(await symbolicate(stacks, built, source.folder))
  } finally {
    await Promise.all([source.remove(), rm(built, { recursive: true, force: true })])
  }
}

if (import.meta.main) await runCommand(() => main(process.argv.slice(2)))
