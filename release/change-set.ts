import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'

/** Hash of a built file, and its size after gzip in bytes. */
export type BuiltFile = { hash: string; gzip: number }

/** The files of a build that a deploy uploads: assets by path, and the Worker's modules. */
export type Build = { assets: Map<string, BuiltFile>; worker: Map<string, BuiltFile> }

/** The difference of two builds. */
export type ChangeSet = {
  added: [name: string, now: BuiltFile][]
  changed: [name: string, now: BuiltFile, before: BuiltFile][]
  removed: [name: string, before: BuiltFile][]
  same: number
}

/** Reads a build of `buildSite`. */
export async function readBuild(folder: string): Promise<Build> {
  const [assets, worker] = await Promise.all([readFiles(join(folder, 'client')), readFiles(join(folder, 'worker'))])
  // Not served as assets: .vite is for the Worker's bundle, _headers for Cloudflare, maps for readers of errors.
  for (const name of assets.keys()) if (/^(\.|_headers$)|\.map$/.test(name)) assets.delete(name)
  for (const name of worker.keys()) if (!/\.(js|sql)$/.test(name)) worker.delete(name)
  return { assets, worker }
}

async function readFiles(folder: string): Promise<Map<string, BuiltFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  const built = await Promise.all(
    paths.toSorted().map(async (path): Promise<[string, BuiltFile]> => {
      const content = await readFile(path)
      const hash = createHash('sha256').update(content).digest('hex')
      return [relative(folder, path), { hash, gzip: gzipSync(content).length }]
    }),
  )
  return new Map(built)
}

export function compare(now: Map<string, BuiltFile>, before: Map<string, BuiltFile>): ChangeSet {
  const set: ChangeSet = { added: [], changed: [], removed: [], same: 0 }
  for (const [name, file] of now) {
    const old = before.get(name)
    if (!old) set.added.push([name, file])
    else if (old.hash !== file.hash) set.changed.push([name, file, old])
    else set.same += 1
  }
  for (const [name, file] of before) if (!now.has(name)) set.removed.push([name, file])
  return set
}

/** The content of a release's summary. */
export type Changes = {
  from: string
  to: string
  commits: string[]
  migrations: string[]
  now: Build
  before: Build
}

export function writeChanges({ from, to, commits, migrations, now, before }: Changes): string {
  const list = (title: string, lines: string[]) => `**${title}**\n\n${lines.map((line) => `- ${line}`).join('\n')}\n`
  return [
    `## What changes from ${from} to ${to}\n`,
    list('Commits', commits.length > 0 ? commits : ['none']),
    list('Migrations', migrations.length > 0 ? migrations : ['none']),
    list('Assets', writeSet(compare(now.assets, before.assets), 'not uploaded again')),
    list('Worker', [
      ...writeSet(compare(now.worker, before.worker)),
      `in all ${kb(now.worker)}, was ${kb(before.worker)}`,
    ]),
  ].join('\n')
}

function writeSet({ added, changed, removed, same }: ChangeSet, note = ''): string[] {
  const size = ({ gzip }: BuiltFile) => `${(gzip / 1000).toFixed(1)} KB`
  return [
    ...added.map(([name, now]) => `new: ${name} (${size(now)})`),
    ...changed.map(([name, now, old]) => `changed: ${name} (${size(now)}, was ${size(old)})`),
    ...removed.map(([name]) => `gone: ${name}`),
    `${same} the same${note && `, ${note}`}`,
  ]
}

const kb = (files: Map<string, BuiltFile>) =>
  `${([...files.values()].reduce((sum, { gzip }) => sum + gzip, 0) / 1000).toFixed(1)} KB after gzip`
