import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'
import type { BuiltSite } from './provided.ts'

const ROOT = join(import.meta.dirname, '../..')
/** Files of the client's build that the Worker imports: the manifest in commits from before page-scripts.json. */
const IMPORTED = ['.vite/page-scripts.json', '.vite/manifest.json', '.vite/sheet.json']

const run = promisify(execFile)
// Each vitest project loads a copy of this module, so the build is shared through globalThis.
const shared = globalThis as { cruddurBuild?: Promise<Built> }

type Built = { site: BuiltSite; folder: string }

/** Builds client and Worker once a run, in a temporary folder, so that a dev server in the checkout is not disturbed. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.cruddurBuild ??= build()
  const { site, folder } = await shared.cruddurBuild
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
 * @param clientMaps also writes source maps; the files themselves stay the same
 */
export async function buildSite(folder: string, root = ROOT, clientMaps = false): Promise<BuiltSite> {
  const client = join(folder, 'client')
  const workerDir = join(folder, 'worker')
  const args = ['build', '--logLevel', 'warn', '--outDir', client, ...(clientMaps ? ['--sourcemap', 'hidden'] : [])]
  await runNodeTool('vite', 'vite/bin/vite.js', args, root)
  // Commits from before database functions lack this file.
  if (existsSync(join(root, 'sql/function-files.ts')))
    await runNodeTool('functions', '../sql/function-files.ts', [], root)

  const configPath = join(folder, 'wrangler.toml')
  await writeFile(configPath, pointToClient(client, await readFile(join(root, 'wrangler.toml'), 'utf8'), root))
  await bundleWorker(configPath, workerDir, root)
  return { configPath, workerDir }
}

/** Bundles a Worker as a deploy would. */
export async function bundleWorker(configPath: string, workerDir: string, root = ROOT): Promise<void> {
  const args = ['deploy', '--dry-run', '--config', configPath, '--outdir', workerDir]
  await runNodeTool('wrangler', 'wrangler/bin/wrangler.js', args, root)
}

/** wrangler.toml, changed to use the client that is already built in `client`. */
function pointToClient(client: string, toml: string, root: string): string {
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
  return /^\[alias\]$/m.test(changed)
    ? changed.replace(/= "\.\/(node_modules|worker)\//, `= "${root}/$1/`).replace(/^\[alias\]$/m, `[alias]\n${aliases}`)
    : changed.replace(/^\[assets\]$/m, `[alias]\n${aliases}\n\n[assets]`)
}

/** Runs a script of node_modules, and shows its output only if it fails. */
async function runNodeTool(name: string, script: string, args: string[], root: string): Promise<void> {
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
