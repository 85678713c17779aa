import { type Environment, insertMark } from './environment.ts'
import { dropFunctions } from './install-functions.ts'
import { lockSchema } from './schema-lock.ts'
import { inTransaction, withConnection } from './with-connection.ts'

/** Drops all tables and functions of a database; keeps its mark. */
export async function reset(url: string, marked: Environment | null): Promise<void> {
  await withConnection(url, (client) =>
    inTransaction(client, async () => {
      await lockSchema(client)
      await dropFunctions(client)
      await client.query('drop schema public cascade')
      await client.query('create schema public')
      // The default of a new database: roles may look up names in it.
      await client.query('grant usage on schema public to public')
      if (marked) await insertMark(client, marked)
    }),
  )
}
