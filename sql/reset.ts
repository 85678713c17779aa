import { connected, inTransaction } from './connected.ts'
import { type Environment, mark } from './environment.ts'
import { dropFunctions } from './install-functions.ts'
import { takeTurn } from './take-turn.ts'

/** Empties a database. What it says it is stays. */
export async function reset(url: string, marked: Environment | null): Promise<void> {
  await connected(url, (client) =>
    inTransaction(client, async () => {
      await takeTurn(client)
      await dropFunctions(client)
      await client.query('drop schema public cascade')
      await client.query('create schema public')
      // As a new database has it: roles that own nothing look up names in it.
      await client.query('grant usage on schema public to public')
      if (marked) await mark(client, marked)
    }),
  )
}
