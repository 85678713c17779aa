import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { compare, readBuild, writeChanges } from './change-set.ts'

const folders: string[] = []
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))))

async function lay(files: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), 'cruddur-test-'))
  folders.push(folder)
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  return readBuild(folder)
}

const before = await lay({
  'client/assets/app-a1.js': 'old',
  'client/assets/libraries-b1.js': 'kept',
  'client/icon.svg': '<svg/>',
  'client/.vite/page-scripts.json': '{}',
  'client/_headers': '',
  'worker/index.js': 'old',
  'worker/index.js.map': '{}',
})
const now = await lay({
  'client/assets/app-a2.js': 'new',
  'client/assets/libraries-b1.js': 'kept',
  'client/icon.svg': '<svg></svg>',
  'worker/index.js': 'newer',
  'worker/list.sql': 'select 1',
})

test('returns added, changed and removed files, and the number of equal ones', () => {
  const { added, changed, removed, same } = compare(now.assets, before.assets)
  expect(added.map(([name]) => name)).toEqual(['assets/app-a2.js'])
  expect(changed.map(([name]) => name)).toEqual(['icon.svg'])
  expect(removed.map(([name]) => name)).toEqual(['assets/app-a1.js'])
  expect(same).toBe(1)
})

test('reads only files that are uploaded', () => {
  expect([...before.assets.keys()]).toEqual(['assets/app-a1.js', 'assets/libraries-b1.js', 'icon.svg'])
  expect([...before.worker.keys()]).toEqual(['index.js'])
})

test('writes the changes as Markdown', () => {
  const text = writeChanges({ from: 'abc', to: 'def', commits: ['def Say more'], migrations: [], now, before })
  expect(text).toContain('## What changes from abc to def')
  expect(text).toContain('- def Say more')
  expect(text).toContain('**Migrations**\n\n- none')
  expect(text).toMatch(/- new: assets\/app-a2\.js \(0\.0 KB\)/)
  expect(text).toMatch(/- changed: index\.js/)
})
