// `npm run changes [-- COMMIT | --env production]`: builds this checkout and the previous release, and prints how their assets and
// code differ. --summary FILE appends the same to a file.
import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildSite } from '../tests/harness/build-site.ts'
import { type Build, readBuild, writeChanges } from './change-set.ts'
import { runCommand } from './command.ts'
import { checkOut, commitNow, git } from './git.ts'
import { commitBefore } from './live-commit.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { env: { type: 'string' }, summary: { type: 'string' } },
})

async function build(root?: string): Promise<Build> {
  const folder = await mkdtemp(join(tmpdir(), 'cruddur-changes-'))
  try {
    await buildSite(folder, root)
    return await readBuild(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

await runCommand(async () => {
  const from = await commitBefore(positionals[0], values.env)
  const before = await checkOut(from)
  try {
    const lines = (text: string) => text.split('\n').filter(Boolean)
    const text = writeChanges({
      from,
      to: commitNow(),
      commits: lines(git('log', '--format=%h %s', `${from}..HEAD`)),
      migrations: lines(git('diff', '--name-only', '--diff-filter=A', from, 'HEAD', '--', 'sql/migrations')),
      now: await build(),
      before: await build(before.folder),
    })
    console.log(text)
    if (values.summary) await appendFile(values.summary, `${text}\n`)
  } finally {
    await before.remove()
  }
})
