// `npm run test:previous [-- COMMIT [PART OF A PATH …] | --env production]`: runs the suites of the previous release, with its
// own Worker and functions, on the schema of this checkout, since during a release both versions share the schema.
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

/** The suites that use the database. Browser tests are left out: they use the same Worker. */
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
      console.log(`${from} is older than the baseline of the migrations: nothing to test.`)
      return
    }
    const added = newMigrations(before.folder)
    if (added.length === 0) {
      console.log(`The schema is the same as that of ${from}: nothing to test.`)
    } else {
      console.log(
        `Running the suites of ${from} on a schema with these new migrations:\n${added.map((name) => `  ${name}`).join('\n')}`,
      )
      for (const name of added) await copyFile(join(MIGRATIONS, name), join(before.folder, 'sql/migrations', name))
      for (const suite of suites) process.exitCode = (await run(before.folder, suite)) || process.exitCode || 0
    }
  } finally {
    await before.remove()
  }
})
