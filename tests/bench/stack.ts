import { migrate } from '../../sql/migrate.ts'
import type { Accounts } from '../../sql/seed/seed.ts'
import { insertData, type Places } from './data.ts'
import { startServices } from './services.ts'

/** The services that the Worker uses: Postgres with many rows, behind Neon's protocol, and a Cognito pool. */
export type Stack = {
  /** postgres:// address, with the password. */
  url: string
  /** Settings of the Worker. */
  settings: Record<string, string>
  places: Places
  /** Creates accounts in the pool. */
  accounts: Accounts
  /** Number of round trips to Postgres so far, of all Workers. */
  trips(): Promise<number>
  close(): Promise<void>
}

export async function openStack(): Promise<Stack> {
  const { url, cognito, neon, settingsFor, close } = await startServices()
  try {
    await migrate(url)
    const places = await insertData(url, cognito)
    return {
      url,
      settings: await settingsFor(url),
      places,
      accounts: cognito,
      trips: async () => (await neon.counts()).trips,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
