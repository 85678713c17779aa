import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { generateSource } from 'oazapfts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'

const ROOT = join(import.meta.dirname, '../../..')
const site = await openSite()
const run = promisify(execFile)

/** A program with a token and a client generated from our OpenAPI document: it posts and reads. */
const PROGRAM = `
import * as cruddur from './client.ts'

const [origin = '', token = ''] = process.argv.slice(2)
cruddur.defaults.baseUrl = origin
cruddur.defaults.headers = { authorization: 'Bearer ' + token }

const session = await cruddur.getSession()
if (session.status !== 200) throw new Error(String(session.status))
const posted = await cruddur.postActivities({ message: 'by a generated client', ttl: '1-hour' })
if (posted.status !== 201) throw new Error(posted.data.errors[0]?.code)
const read = await cruddur.getActivitiesByUuid(posted.data.uuid)
if (read.status !== 200) throw new Error(String(read.status))
const home = await cruddur.getActivitiesHome({ limit: 5 })
const refused = await cruddur.postActivities({ message: ' ', ttl: '1-hour' })
const code = refused.status === 422 ? refused.data.errors[0]?.code : undefined

console.log(JSON.stringify({
  handle: session.data.viewer?.handle,
  message: read.data.message,
  ancestors: read.data.ancestors.length,
  newest: home.status === 200 ? home.data.data[0]?.uuid === posted.data.uuid : false,
  code,
}))
`

/** The same with an unknown TTL. */
const WRONG_PROGRAM = PROGRAM.replace("ttl: '1-hour'", "ttl: 'for-ever'")

const TSCONFIG = {
  extends: '../../tsconfig.base.json',
  compilerOptions: { incremental: false, types: ['node'], exactOptionalPropertyTypes: false, noUnusedLocals: false },
  files: ['program.ts'],
}

let folder: string
beforeAll(async () => {
  // Within the checkout, so that the client's runtime resolves.
  await mkdir(join(ROOT, 'dist'), { recursive: true })
  folder = await mkdtemp(join(ROOT, 'dist/generated-client-'))
  const source = await generateSource(`${site.origin}/api/openapi.json`)
  await writeFile(join(folder, 'client.ts'), source)
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(TSCONFIG))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function typeCheck(program: string): Promise<string> {
  await writeFile(join(folder, 'program.ts'), program)
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
  const { stdout } = await run(process.execPath, [tsc, '-p', folder]).catch((error: { stdout: string }) => error)
  return stdout
}

test('a program with a client generated from the document compiles, posts and reads', async () => {
  const anna = await site.actors.join()
  expect(await typeCheck(PROGRAM)).toBe('')
  const { stdout } = await run(process.execPath, [join(folder, 'program.ts'), site.origin, anna.accessToken])
  expect(JSON.parse(stdout)).toEqual({
    handle: anna.handle,
    message: 'by a generated client',
    ancestors: 0,
    newest: true,
    code: 'message_blank',
  })
})

test('a program that sends an invalid value does not compile', async () => {
  expect(await typeCheck(WRONG_PROGRAM)).toContain('for-ever')
})
