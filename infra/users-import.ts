// `npm run users:import`: creates the rows of users who have an account in the pool already, as their first sign-in would. Prints
// what it would do; `-- --apply` does it. Prints counts and subs, never an email or a name.
import { parseArgs } from 'node:util'
import type pg from 'pg'
import { toEnvironment } from '../sql/environment.ts'
import { readFunctionFiles } from '../sql/function-files.ts'
import { FUNCTIONS_ROLE } from '../sql/roles.ts'
import { openTarget } from '../sql/target.ts'
import { withConnection } from '../sql/with-connection.ts'
import type { Parameters, ReadFunction, Values, WriteFunction } from '../worker/db/query.ts'
import { handleHash } from '../worker/models/handles.ts'
import { emailHash } from '../worker/models/password-resets.ts'
import { createUser, findFreeHandles } from '../worker/models/users.ts'
import { openCognitoApi } from './cognito-api.ts'
import { listPeople, type PoolPerson } from './pool-people.ts'

const BATCH_SIZE = 500

/** Outcomes of an import. Users with the outcome taken, malformed or missing choose a handle at their first sign-in (/welcome). */
const OUTCOMES = {
  created: 'get a row',
  existing: 'have a row already',
  deleted: 'have deleted their account (skipped)',
  unproven: 'may have been signed up by someone else and must reset their password first (skipped)',
  taken: 'have a handle that is taken',
  malformed: 'have a malformed or reserved handle',
  missing: 'have no handle',
  unconfirmed: 'have not confirmed their email (skipped)',
  disabled: 'are disabled (skipped)',
} as const
export type Outcome = keyof typeof OUTCOMES
/** Outcomes whose subs are printed, since these users must do something. */
const NAMED: Outcome[] = ['unproven', 'taken', 'malformed', 'missing']

/** Imports users, or only predicts the outcomes unless `applies`. Returns the subs by outcome. */
export async function importPeople(
  people: PoolPerson[],
  url: string,
  applies: boolean,
  secretKey: string,
): Promise<Record<Outcome, string[]>> {
  const subs: Record<Outcome, string[]> = {
    created: [],
    existing: [],
    deleted: [],
    unproven: [],
    taken: [],
    malformed: [],
    missing: [],
    unconfirmed: [],
    disabled: [],
  }
  const claimed = new Set<string>()
  await withConnection(url, async (client) => {
    // Only the Worker's role and the functions' owner may call functions.
    await client.query(`set role ${FUNCTIONS_ROLE}`)
    await client.query(`set search_path = ${readFunctionFiles()?.schema}, public`)
    for (let from = 0; from < people.length; from += BATCH_SIZE) {
      const some = people.slice(from, from + BATCH_SIZE)
      const known = await lookUpUsers(client, some, secretKey)
      for (const person of some) {
        const foreseen = predictOutcome(person, known, claimed)
        const outcome = foreseen === 'created' && applies ? await createUserRow(client, person, secretKey) : foreseen
        subs[outcome].push(person.identity.sub)
      }
    }
  })
  return subs
}

type Known = Record<'subs' | 'deleted' | 'unproven' | 'freeHandles', Set<string>>

async function lookUpUsers(client: pg.Client, people: PoolPerson[], secretKey: string): Promise<Known> {
  const subs = people.map(({ identity }) => identity.sub)
  const handles = people.flatMap(({ identity }) => identity.handle ?? [])
  const { rows } = await client.query<{ cognito_sub: string }>(
    'select cognito_sub from users where cognito_sub = any ($1::text[])',
    [subs],
  )
  const { rows: deleted } = await client.query<{ sub: string }>(
    'select sub from unnest($1::text[]) sub where is_account_deleted(sub)',
    [subs],
  )
  const emails = await Promise.all(people.map(({ identity }) => emailHash(secretKey, identity.email)))
  const { rows: unproven } = await client.query<{ sub: string }>(
    `select person.sub from unnest($1::text[], $2::text[]) as person (sub, email_hash)
     where is_password_reset_due(person.email_hash, person.sub)`,
    [subs, emails],
  )
  const hashes = await Promise.all(handles.map((handle) => handleHash(secretKey, handle)))
  const free = await callFunction(client, findFreeHandles, { handles, hashes })
  return {
    subs: new Set(rows.map(({ cognito_sub }) => cognito_sub)),
    deleted: new Set(deleted.map(({ sub }) => sub)),
    unproven: new Set(unproven.map(({ sub }) => sub)),
    freeHandles: new Set(free.map(({ handle }) => handle)),
  }
}

function predictOutcome({ identity, hasHandle, status }: PoolPerson, known: Known, claimed: Set<string>): Outcome {
  if (known.subs.has(identity.sub)) return 'existing'
  if (known.deleted.has(identity.sub)) return 'deleted'
  if (status !== 'confirmed') return status
  if (known.unproven.has(identity.sub)) return 'unproven'
  if (identity.handle === null) return hasHandle ? 'malformed' : 'missing'
  if (!known.freeHandles.has(identity.handle) || claimed.has(identity.handle)) return 'taken'
  claimed.add(identity.handle)
  return 'created'
}

async function createUserRow(client: pg.Client, { identity }: PoolPerson, secretKey: string): Promise<Outcome> {
  const { sub, handle, display_name, email } = identity
  const values = {
    cognito_sub: sub,
    handle: handle ?? '',
    display_name,
    email,
    handle_hash: await handleHash(secretKey, handle ?? ''),
    email_hash: await emailHash(secretKey, email),
    auth_time: null,
  }
  const rows = await callFunction(client, createUser, values)
  // No row: the handle was taken meanwhile.
  return rows.length > 0 ? 'created' : 'taken'
}

/** Calls a SQL function that the Worker declares, over a connection. Returns its rows. */
async function callFunction<P extends Parameters, Row>(
  client: pg.Client,
  called: ReadFunction<P, Row> | WriteFunction<P, Row>,
  values: Values<P>,
): Promise<Row[]> {
  const { rows } = await client.query(
    called.text,
    Object.keys(called.params).map((name) => values[name]),
  )
  return rows as Row[]
}

/** Runs the command. Throws an error with a one-line message if it was refused or failed. */
export async function runImport(args: string[], env: NodeJS.ProcessEnv, print: (line: string) => void): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { apply: { type: 'boolean', default: false }, environment: { type: 'string' } },
  })
  const { SECRET_KEY } = env
  if (!SECRET_KEY) throw new Error('SECRET_KEY is not set: the Worker’s key is needed to recognize reserved handles.')
  const target = await openTarget(env, values.apply ? 'migrates' : 'reads', toEnvironment(values.environment))
  try {
    const api = openCognitoApi(env)
    const people = await listPeople(api)
    const subs = await importPeople(people, target.url, values.apply, SECRET_KEY)
    print(`${people.length} people in ${api.userPoolId}, for ${target.label}`)
    for (const [outcome, text] of Object.entries(OUTCOMES)) print(`  ${subs[outcome as Outcome].length} ${text}`)
    for (const outcome of NAMED) for (const sub of subs[outcome]) print(`  ${outcome}: ${sub}`)
    print(values.apply ? 'Done.' : 'Nothing was written: run it again with --apply.')
  } finally {
    await target.close()
  }
}

if (import.meta.main) {
  try {
    await runImport(process.argv.slice(2), process.env, console.log)
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}
