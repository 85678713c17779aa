import { existsSync, readFileSync } from 'node:fs'
import { withConnection } from '../with-connection.ts'
import type { Accounts } from './seed.ts'

/**
 * Returns accounts of the story's people without a Cognito endpoint: their subs come from the accounts file of `npm start`, else
 * from their rows. A person in neither gets a placeholder sub, with which nobody can sign in; the next `npm start` replaces it.
 */
export async function knownAccounts(url: string, accountsFile: string | null): Promise<Accounts> {
  const rows = await withConnection(url, (client) =>
    client.query<{ email: string; cognito_sub: string }>(
      "select email, cognito_sub from users where email like '%@example.com'",
    ),
  )
  const subs = new Map(rows.rows.map(({ email, cognito_sub }) => [email, cognito_sub]))
  for (const { email, sub } of readAccounts(accountsFile)) subs.set(email, sub)
  return { addUser: async ({ email, handle }) => subs.get(email) ?? `seed-${handle}` }
}

function readAccounts(file: string | null): { email: string; sub: string }[] {
  if (file === null || !existsSync(file)) return []
  return (JSON.parse(readFileSync(file, 'utf8')) as { users: { email: string; sub: string }[] }).users
}
