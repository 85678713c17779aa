import type pg from 'pg'
import { connected, inTransaction } from '../connected.ts'
import { readFunctionFiles } from '../function-files.ts'
import { FUNCTIONS_ROLE } from '../roles.ts'
import { findBurning, layThread } from './activities.ts'
import { layConversation } from './conversations.ts'
import { makePeople, toAccount } from './people.ts'
import { CONVERSATIONS } from './story/conversations.ts'
import { CRUDS } from './story/cruds.ts'
import { PEOPLE } from './story/people.ts'

const LOCK = 7_283_664_002
const TAGS_KEPT = 100

/** What the seed needs of Cognito: an account for a person, the one that is there already if there is. */
export interface Accounts {
  addUser(person: { email: string; password: string; handle: string; display_name: string }): Promise<string>
}

/**
 * Makes the people of the story and lays those of its cruds that are not alive, each with its thread, its likes and
 * reposts, and what those tell: at the first start all of them, later those that have burnt out since. A conversation
 * is laid when nothing of it is left. What people did themselves stays as it is. Resolves to the number of people who
 * can sign in and of cruds laid. Runs at the same time take turns.
 */
export async function seed(url: string, accounts: Accounts): Promise<{ people: number; laid: number }> {
  const subs = await Promise.all(PEOPLE.map((person) => accounts.addUser(toAccount(person))))
  return connected(url, (client) =>
    inTransaction(client, async () => {
      await client.query('select pg_advisory_xact_lock($1)', [LOCK])
      const uuids = await makePeople(client, subs)
      const burning = await findBurning(client)
      const missing = CRUDS.filter((crud) => uuids.has(crud.by) && !burning.has(`${uuids.get(crud.by)} ${crud.says}`))
      for (const crud of missing) await layThread(client, uuids, crud)
      for (const conversation of CONVERSATIONS) await layConversation(client, uuids, conversation)
      if (missing.length > 0) await rankTags(client)
      return { people: uuids.size, laid: missing.length }
    }),
  )
}

// The cron does it each minute, which is too late for who looks at once. It may be at it now: they take turns.
async function rankTags(client: pg.Client): Promise<void> {
  await client.query('lock table trending_tags in share row exclusive mode')
  // Functions may be called by the Worker's role and their owner, not by whoever migrates.
  await client.query(`set local role ${FUNCTIONS_ROLE}`)
  await client.query(`select from ${readFunctionFiles()?.schema}.rank_tags($1)`, [TAGS_KEPT])
  await client.query('reset role')
}
