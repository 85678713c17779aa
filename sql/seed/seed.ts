import type pg from 'pg'
import { readFunctionFiles } from '../function-files.ts'
import { FUNCTIONS_ROLE } from '../roles.ts'
import { inTransaction, withConnection } from '../with-connection.ts'
import { findLiveActivities, insertThread } from './activities.ts'
import { insertConversation } from './conversations.ts'
import { insertPeople, MODERATOR, toAccount } from './people.ts'
import { insertReports } from './reports.ts'
import { CONVERSATIONS } from './story/conversations.ts'
import { CRUDS } from './story/cruds.ts'
import { PEOPLE } from './story/people.ts'

const LOCK = 7_283_664_002
const TAGS_KEPT = 100

/** The part of Cognito that the seed needs: creates an account unless it exists, and returns its sub. */
export interface Accounts {
  addUser(person: {
    email: string
    password: string
    handle: string
    display_name: string
    groups?: string[]
  }): Promise<string>
}

/**
 * Inserts the story's people, and those of its top-level activities that are not live, with replies, reactions and notifications:
 * at the first run all, later only expired ones. Inserts a conversation if it has no live messages. Keeps users' own
 * changes. Returns the number of people, and of inserted top-level activities. Concurrent runs wait for each other.
 * @param evidenceKey the Worker's EVIDENCE_KEY; without it there are no reports, since their copies are sealed with it.
 */
export async function seed(
  url: string,
  accounts: Accounts,
  evidenceKey?: string,
): Promise<{ people: number; inserted: number }> {
  const subs = await Promise.all(PEOPLE.map((person) => accounts.addUser(toAccount(person))))
  return withConnection(url, (client) =>
    inTransaction(client, async () => {
      await client.query('select pg_advisory_xact_lock($1)', [LOCK])
      const uuids = await insertPeople(client, subs)
      const live = await findLiveActivities(client)
      const missing = CRUDS.filter((crud) => uuids.has(crud.by) && !live.has(`${uuids.get(crud.by)} ${crud.message}`))
      for (const crud of missing) await insertThread(client, uuids, crud)
      for (const conversation of CONVERSATIONS) await insertConversation(client, uuids, conversation)
      const moderator = uuids.get(MODERATOR)
      if (evidenceKey && moderator) await insertReports(client, uuids, moderator, evidenceKey)
      if (missing.length > 0) await rankTags(client)
      return { people: uuids.size, inserted: missing.length }
    }),
  )
}

// Rank now instead of waiting up to a minute for the cron; the lock avoids a race with it.
async function rankTags(client: pg.Client): Promise<void> {
  await client.query('lock table trending_tags in share row exclusive mode')
  // Only the Worker's role and the functions' owner may call functions.
  await client.query(`set local role ${FUNCTIONS_ROLE}`)
  await client.query(`select from ${readFunctionFiles()?.schema}.rank_tags($1)`, [TAGS_KEPT])
  await client.query('reset role')
}
