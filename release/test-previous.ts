// What `npm run test:previous [-- COMMIT [PART OF A PATH …] | --env production]` runs: the suites of the release before, with
// its own Worker and its own functions, on the schema that this checkout makes. During a release both versions share it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { MIGRATIONS } from '../sql/migrations.ts'
import { runCommand } from './command.ts'
import { checkOut, isBeforeBaseline } from './git.ts'
import { commitBefore } from './live-commit.ts'
import { newMigrations } from './new-migrations.ts'
import { plainEnv } from './plain-env.ts'

/** What meets the database; pages in a browser ask the same Worker. */
const SUITES = [
  ['--project', 'workerd', '--project', 'integration'],
  ['--project', 'node', 'sql/functions.test.ts'],
] as const

const { values, positionals } = parseArgs({ allowPositionals: true, options: { env: { type: 'string' } } })

async function run(folder: string, args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [join(folder, 'tests/run.ts'), ...args], {
    cwd: folder,
    env: plainEnv(),
    stdio: 'inherit',
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code ?? 1
}

const [commit, ...only] = positionals
const suites = only.length > 0 ? [[...SUITES[0], ...only]] : SUITES

await runCommand(async () => {
  const from = await commitBefore(commit, values.env)
  const before = await checkOut(from)
  try {
    if (isBeforeBaseline(before.folder)) {
      console.log(`${from} is from before the baseline of the migrations: there is nothing to test.`)
      return
    }
    const added = newMigrations(before.folder)
    if (added.length === 0) {
      console.log(`The schema is that of ${from}: there is nothing to test.`)
    } else {
      console.log(`The suites of ${from} on a schema that also has:\n${added.map((name) => `  ${name}`).join('\n')}`)
      for (const name of added) await copyFile(join(MIGRATIONS, name), join(before.folder, 'sql/migrations', name))
      for (const suite of suites) process.exitCode = (await run(before.folder, suite)) || process.exitCode || 0
    }
  } finally {
    await before.remove()
  }
})
