import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'
import type { BuiltSite } from './provided.ts'

const ROOT = join(import.meta.dirname, '../..')
/** What the Worker imports of the client's build. */
const IMPORTED = ['.vite/manifest.json', '.vite/sheet.json']

const run = promisify(execFile)
// The projects each load this module for themselves; the build is the run's.
const held = globalThis as { cruddurBuild?: Promise<Built> }

type Built = { site: BuiltSite; folder: string }

/** Builds client and Worker once a run, in a folder of its own: a dev server in the same checkout is not disturbed. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  held.cruddurBuild ??= build()
  const { site, folder } = await held.cruddurBuild
  project.provide('site', site)
  return async () => {
    await rm(folder, { recursive: true, force: true })
  }
}

async function build(): Promise<Built> {
  const folder = await mkdtemp(join(tmpdir(), 'cruddur-site-'))
  try {
    return { site: await buildSite(folder), folder }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

/**
 * Builds client and Worker of a checkout as they are deployed: minified, for production.
 * @param clientMaps lays the maps of the client's files beside them, which are the same with and without
 */
export async function buildSite(folder: string, root = ROOT, clientMaps = false): Promise<BuiltSite> {
  const client = join(folder, 'client')
  const workerDir = join(folder, 'worker')
  const args = ['build', '--logLevel', 'warn', '--outDir', client, ...(clientMaps ? ['--sourcemap', 'hidden'] : [])]
  await node('vite', 'vite/bin/vite.js', args, root)
  // Commits before functions have no such file.
  if (existsSync(join(root, 'sql/function-files.ts'))) await node('functions', '../sql/function-files.ts', [], root)

  const configPath = join(folder, 'wrangler.toml')
  await writeFile(configPath, withClientIn(client, await readFile(join(root, 'wrangler.toml'), 'utf8'), root))
  await bundleWorker(configPath, workerDir, root)
  return { configPath, workerDir }
}

/** Bundles a Worker as a deploy would. */
export async function bundleWorker(configPath: string, workerDir: string, root = ROOT): Promise<void> {
  const args = ['deploy', '--dry-run', '--config', configPath, '--outdir', workerDir]
  await node('wrangler', 'wrangler/bin/wrangler.js', args, root)
}

/** wrangler.toml as it is, but for where the client lies; it is built already. */
function withClientIn(client: string, toml: string, root: string): string {
  const changes: [RegExp, string][] = [
    [/^main = "(.+)"$/m, `main = "${root}/$1"`],
    [/^directory = "dist\/client"$/m, `directory = "${client}"`],
    [/^\[build\]\n(?:.+\n)*/m, ''],
  ]
  const changed = changes.reduce((text, [pattern, replacement]) => {
    if (!pattern.test(text)) throw new Error(`wrangler.toml has nothing like ${pattern}`)
    return text.replace(pattern, replacement)
  }, toml)
  const aliases = IMPORTED.map((file) => `"../dist/client/${file}" = "${join(client, file)}"`).join('\n')
  // Older commits have an alias of their own, to a file of a package.
  return /^\[alias\]$/m.test(changed)
    ? changed
        .replace(/= "\.\/node_modules\//, `= "${root}/node_modules/`)
        .replace(/^\[alias\]$/m, `[alias]\n${aliases}`)
    : changed.replace(/^\[assets\]$/m, `[alias]\n${aliases}\n\n[assets]`)
}

/** Runs a tool of node_modules. Its output is shown only when it fails. */
async function node(name: string, script: string, args: string[], root: string): Promise<void> {
  const { NODE_ENV: _, ...env } = process.env
  try {
    await run(process.execPath, [join(root, 'node_modules', script), ...args], {
      cwd: root,
      env: { ...env, WRANGLER_SEND_METRICS: 'false' },
    })
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    throw new Error(`${name} failed:\n${stdout}${stderr}`, { cause: error })
  }
}
