import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unstable_readConfig as readConfig } from 'wrangler'
import { buildSite, bundleWorker } from '../harness/build-site.ts'
import type { SiteGiven } from '../harness/provided.ts'

/** The site and the bare route, built for production. */
export type Built = { site: SiteGiven; bare: SiteGiven; remove(): Promise<void> }

export async function build(): Promise<Built> {
  const folder = await mkdtemp(join(tmpdir(), 'cruddur-bench-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const site = await buildSite(folder)
    return { site, bare: await buildBare(folder, site.configPath), remove }
  } catch (error) {
    await remove()
    throw error
  }
}

async function buildBare(folder: string, sitePath: string): Promise<SiteGiven> {
  const { compatibility_date } = readConfig({ config: sitePath })
  const configPath = join(folder, 'bare.toml')
  const main = join(import.meta.dirname, 'bare.ts')
  const lines = [
    'name = "bare"',
    `main = "${main}"`,
    `compatibility_date = "${compatibility_date}"`,
    'minify = true',
    'keep_names = false',
  ]
  await writeFile(configPath, `${lines.join('\n')}\n`)
  const workerDir = join(folder, 'bare')
  await bundleWorker(configPath, workerDir)
  return { configPath, workerDir }
}
