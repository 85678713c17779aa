import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unstable_readConfig as readConfig } from 'wrangler'
import { buildSite, bundleWorker } from '../harness/build-site.ts'
import type { BuiltSite } from '../harness/provided.ts'

/** Production builds of the site, of the Worker that serves the data of home as JSON, and of the bare route. */
export type Built = { site: BuiltSite; sameData: BuiltSite; bare: BuiltSite; remove(): Promise<void> }

export async function build(): Promise<Built> {
  const folder = await mkdtemp(join(tmpdir(), 'cruddur-bench-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const site = await buildSite(folder)
    const { configPath } = site
    const [sameData, bare] = await Promise.all([buildSameData(folder, configPath), buildBare(folder, configPath)])
    return { site, sameData, bare, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

/** Configured like the site. */
async function buildSameData(folder: string, sitePath: string): Promise<BuiltSite> {
  const main = join(import.meta.dirname, 'same-data.ts')
  const toml = await readFile(sitePath, 'utf8')
  return bundle(folder, 'same-data', toml.replace(/^main = .*$/m, `main = "${main}"`))
}

function buildBare(folder: string, sitePath: string): Promise<BuiltSite> {
  const { compatibility_date } = readConfig({ config: sitePath })
  const lines = [
    'name = "bare"',
    `main = "${join(import.meta.dirname, 'bare.ts')}"`,
    `compatibility_date = "${compatibility_date}"`,
    'minify = true',
    'keep_names = false',
  ]
  return bundle(folder, 'bare', `${lines.join('\n')}\n`)
}

async function bundle(folder: string, name: string, toml: string): Promise<BuiltSite> {
  const configPath = join(folder, `${name}.toml`)
  await writeFile(configPath, toml)
  const workerDir = join(folder, name)
  await bundleWorker(configPath, workerDir)
  return { configPath, workerDir }
}
