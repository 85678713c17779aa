import { execFile } from 'node:child_process'
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { bundleWorker } from '../tests/harness/build-site.ts'
import { tellPlaces } from './places.ts'
import { plainEnv } from './plain-env.ts'

const folder = await realpath(await mkdtemp(join(tmpdir(), 'cruddur-places-')))
afterAll(() => rm(folder, { recursive: true }))

const SOURCE = `export default {
  fetch(request: Request): Response {
    return burn(request.url)
  },
}

function burn(url: string): Response {
  if (url) throw new Error('burnt')
  return new Response(url)
}
`
const CONFIG = `name = "small"
main = "index.ts"
compatibility_date = "2026-01-01"
minify = true
keep_names = false
upload_source_maps = true
`

/** What a bundle throws, by running it where nothing reads its map. */
async function stackOf(bundle: string): Promise<string> {
  const script = `const { default: worker } = await import(${JSON.stringify(join(bundle, 'index.js'))})
    try { worker.fetch({ url: 'x' }) } catch (error) { console.log(error.stack) }`
  const run = promisify(execFile)
  return (await run(process.execPath, ['--input-type=module', '--eval', script], { env: plainEnv() })).stdout
}

test('a stack of the bundle is told by our files, and all else is left as it is', async () => {
  await writeFile(join(folder, 'index.ts'), SOURCE)
  await writeFile(join(folder, 'wrangler.toml'), CONFIG)
  const bundle = join(folder, 'bundle')
  await bundleWorker(join(folder, 'wrangler.toml'), bundle)

  const thrown = await stackOf(bundle)
  expect(thrown).not.toContain('index.ts')
  const told = await tellPlaces(`{"frames":["at a (other.js:1:1)"]}\n${thrown}`, bundle, folder)
  expect(told).toContain('{"frames":["at a (other.js:1:1)"]}\n')
  const places = [...told.matchAll(/index\.ts:(\d+):\d+/g)].map(([, line]) => Number(line))
  expect(places).toEqual([8, 3])
})
