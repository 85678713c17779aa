import { connected, inTransaction } from './connected.ts'
import { type Environment, mark } from './environment.ts'
import { dropFunctions } from './install-functions.ts'
import { takeTurn } from './take-turn.ts'

/** Drops all tables and functions of a database; keeps its mark. */
export async function reset(url: string, marked: Environment | null): Promise<void> {
  await connected(url, (client) =>
    inTransaction(client, async () => {
      await takeTurn(client)
      await dropFunctions(client)
      await client.query('drop schema public cascade')
      await client.query('create schema public')
      // The default of a new database: roles may look up names in it.
      await client.query('grant usage on schema public to public')
      if (marked) await mark(client, marked)
    }),
  )
}
