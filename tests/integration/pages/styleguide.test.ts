import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'
import '../../harness/provided.ts'

const { actors } = await openSite()

test('the deployed build contains neither page nor code of the styleguide', async () => {
  for (const path of ['/styleguide', '/styleguide.css']) expectStatus(await actors.visitor().visits(path), 404)
  const { workerDir } = inject('site')
  for (const folder of [workerDir, join(workerDir, '../client')]) {
    const files = await readdir(folder, { recursive: true, withFileTypes: true })
    const code = files.filter((file) => file.isFile() && /\.(js|css|json)$/.test(file.name))
    expect(code.length, folder).toBeGreaterThan(0)
    for (const { parentPath, name } of code) {
      expect(await readFile(join(parentPath, name), 'utf8'), name).not.toMatch(/styleguide/i)
    }
  }
})
