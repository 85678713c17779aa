// The db:* commands of package.json, for the database of npm start and for remote ones.
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { readOrCreateKey } from '../local/secret-key.ts'
import { connect } from './connect.ts'
import { type Environment, RefusedError, toEnvironment, writeMark } from './environment.ts'
import { readFunctionFiles } from './function-files.ts'
import { type InstalledFunctions, markLive } from './install-functions.ts'
import { migrate } from './migrate.ts'
import { newMigration } from './migrations.ts'
import { reset } from './reset.ts'
import { knownAccounts } from './seed/accounts.ts'
import { seed } from './seed/seed.ts'
import { readStatus } from './status.ts'
import { openTarget, type Target } from './target.ts'
import { withConnection } from './with-connection.ts'

/** Arguments of a command. */
interface CommandInput {
  target: Target
  /** The value of --environment. */
  requested: Environment | undefined
  /** Whether --contract was given. */
  contract: boolean
  env: NodeJS.ProcessEnv
  print: Print
}

type Print = (line: string) => void

const COMMANDS = {
  status: { effect: 'reads', run: showStatus },
  migrate: { effect: 'migrates', run: migrateTarget },
  seed: { effect: 'destroys', run: seedTarget },
  reset: { effect: 'destroys', run: resetTarget },
  connect: { effect: 'reads', run: connectTarget },
  live: { effect: 'migrates', run: markTargetLive },
} as const

async function showStatus({ target, print }: CommandInput): Promise<void> {
  const { applied, pending, functions } = await readStatus(target.url)
  print(`${target.label}: ${target.environmentLabel}`)
  for (const { name, applied_at } of applied) print(`  ${name}  ${applied_at.toISOString()}`)
  for (const { name, kind } of pending) print(`  ${name}  pending, ${kind}`)
  for (const line of describeFunctions(functions, readFunctionFiles()?.schema)) print(line)
  print(`${applied.length} applied, ${pending.length} pending`)
}

/** Returns a line for the functions of each release. */
function describeFunctions(functions: InstalledFunctions[], ownSchema: string | undefined): string[] {
  const lines = functions.map(({ schema, installed_at, is_live }) => {
    const notes = [is_live && 'live', schema === ownSchema && 'of this checkout'].filter(Boolean).join(', ')
    return `  ${schema}  ${installed_at.toISOString()}${notes && `  ${notes}`}`
  })
  const isInstalled = functions.some(({ schema }) => schema === ownSchema)
  return ownSchema && !isInstalled ? [...lines, `  ${ownSchema}  not installed, of this checkout`] : lines
}

async function migrateTarget({ target, requested, contract, print }: CommandInput): Promise<void> {
  if (requested) await writeMark(target.url, requested)
  const applied = await migrate(target.url, { log: print, stopsBeforeContract: !contract })
  const { pending } = await readStatus(target.url)
  if (applied.length === 0) print('nothing to apply')
  for (const { name } of pending) print(`skipped ${name}: it removes something, so it needs --contract`)
}

async function markTargetLive({ target, print }: CommandInput): Promise<void> {
  const functions = readFunctionFiles()
  if (!functions) throw new RefusedError('This checkout has no functions.')
  const isInstalled = await withConnection(target.url, (client) => markLive(client, functions.schema))
  if (!isInstalled) throw new RefusedError(`${functions.schema} is not installed here: run npm run db:migrate first.`)
  print(`${functions.schema} is live`)
}

async function seedTarget({ target, env, print }: CommandInput): Promise<void> {
  const { url, stateDir } = target
  const accounts = await knownAccounts(url, stateDir && join(stateDir, 'cognito.json'))
  const evidenceKey = env.EVIDENCE_KEY || (stateDir ? readOrCreateKey(stateDir, 'evidence-key') : undefined)
  const { people, inserted } = await seed(url, accounts, evidenceKey)
  print(`${people} users, ${inserted} new activities`)
}

async function resetTarget({ target, print }: CommandInput): Promise<void> {
  await reset(target.url, target.marked)
  print(`emptied ${target.label}`)
  await migrate(target.url, { log: print })
}

function connectTarget({ target, env }: CommandInput): Promise<number> {
  return connect(target, env)
}

/**
 * Runs a command with the arguments of npm. Returns the exit code. Throws an error with a one-line message if the command was
 * refused or failed.
 */
export async function runCommand(args: string[], env: NodeJS.ProcessEnv, print: Print): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { environment: { type: 'string' }, contract: { type: 'boolean', default: false } },
  })
  const [name = '', migrationName] = positionals
  if (name === 'new') {
    if (!migrationName)
      throw new RefusedError('The migration needs a name: npm run db:new -- what_it_does [--contract]')
    print(relative(process.cwd(), newMigration(migrationName, values.contract ? 'contract' : 'expand')))
    return 0
  }
  if (!isCommand(name)) throw new RefusedError(`There is no command "${name}".`)
  const requested = toEnvironment(values.environment)
  const { effect, run } = COMMANDS[name]
  const target = await openTarget(env, effect, requested)
  try {
    return (await run({ target, requested, contract: values.contract, env, print })) ?? 0
  } finally {
    await target.close()
  }
}

const isCommand = (name: string): name is keyof typeof COMMANDS => Object.hasOwn(COMMANDS, name)

if (import.meta.main) {
  try {
    process.exitCode = await runCommand(process.argv.slice(2), process.env, console.log)
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}
