import { execFile } from 'node:child_process'
import { cp, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { bundleWorker } from '../tests/harness/build-site.ts'
import { plainEnv } from './plain-env.ts'
import { symbolicate } from './symbolicate.ts'

const folder = await realpath(await mkdtemp(join(tmpdir(), 'cruddur-test-')))
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

/** Returns the stack of an error thrown by a bundle, run without source maps. */
async function stackOf(bundle: string): Promise<string> {
  const script = `const { default: worker } = await import(${JSON.stringify(join(bundle, 'index.js'))})
    try { worker.fetch({ url: 'x' }) } catch (error) { console.log(error.stack) }`
  const run = promisify(execFile)
  return (await run(process.execPath, ['--input-type=module', '--eval', script], { env: plainEnv() })).stdout
}

test('replaces positions of bundles by those of sources, and keeps the rest of the text', async () => {
  await writeFile(join(folder, 'index.ts'), SOURCE)
  await writeFile(join(folder, 'wrangler.toml'), CONFIG)
  const built = join(folder, 'built')
  const bundle = join(built, 'worker')
  await bundleWorker(join(folder, 'wrangler.toml'), bundle)
  // Reuse the map for an asset of the client.
  const asset = join(built, 'client/assets/app-x1.js.map')
  await cp(join(bundle, 'index.js.map'), asset)

  const thrown = await stackOf(bundle)
  expect(thrown).not.toContain('index.ts')
  const inBrowser = thrown.replaceAll(/file:\S*index\.js/g, '/assets/app-x1.js')
  expect(inBrowser).not.toBe(thrown)
  const unknown = '{"frames":["at a (other.js:1:1)","at /assets/gone-2.js:1:1"]}\n'
  for (const stack of [thrown, inBrowser]) {
    const symbolicated = await symbolicate(unknown + stack, built, folder)
    expect(symbolicated).toContain(unknown)
    const lines = [...symbolicated.matchAll(/ \(?([\w./]*index\.ts):(\d+):\d+/g)].map(([, , line]) => Number(line))
    expect(lines).toEqual([8, 3])
  }
})
