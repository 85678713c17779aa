import { migrate } from '../../sql/migrate.ts'
import type { Accounts } from '../../sql/seed/seed.ts'
import { layData, type Places } from './data.ts'
import { startServices } from './services.ts'

/** What the Worker stands on: Postgres with plenty of rows, behind Neon's protocol, and a Cognito pool. */
export type Stack = {
  /** postgres:// address, with the password. */
  url: string
  /** The Worker's settings. */
  settings: Record<string, string>
  places: Places
  /** Makes accounts in the pool. */
  accounts: Accounts
  /** Round trips to Postgres so far, of all Workers. */
  trips(): Promise<number>
  close(): Promise<void>
}

export async function openStack(): Promise<Stack> {
  const { url, cognito, neon, settingsFor, close } = await startServices()
  try {
    await migrate(url)
    const places = await layData(url, cognito)
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
