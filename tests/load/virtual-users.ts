import { withConnection } from '../../sql/with-connection.ts'
import type { Stack } from '../bench/stack.ts'
import { Client } from '../harness/client.ts'
import { HAVE_MET } from '../support/fixtures/have-met.ts'
import { type LoadData, VirtualUser } from './virtual-user.ts'

const PASSWORD = 'Cruddur-2026!'

/** Number of signed-in accounts, of visitors, and of virtual users per account or visitor in the burst. */
export const ACCOUNTS = 16
export const VISITORS = 8
export const BURST_FACTOR = 10

/** Number of users who are followed and unfollowed by the load only. */
const FOLLOWABLE = 500

/**
 * Creates and signs in the accounts, and returns the virtual users of each account and visitor. The first of each makes the
 * load, all of them the burst.
 */
export async function openVirtualUsers({ accounts, places, url }: Stack, origin: URL): Promise<VirtualUser[][]> {
  const handles = Array.from({ length: ACCOUNTS }, (_, index) => `load_${index + 1}`)
  const data: LoadData = {
    cruds: places.likeable,
    followable: Array.from({ length: FOLLOWABLE }, (_, index) => `person${1_000 + index}`),
    people: handles,
    tag: places.tag,
    term: places.term,
  }
  const openFor = (client: Client, handle: string | null) =>
    Array.from({ length: BURST_FACTOR }, (_, index) => new VirtualUser(client, handle, data, index, BURST_FACTOR))
  const virtualUsers: VirtualUser[][] = []
  for (const handle of handles) {
    const email = `${handle}@example.com`
    await accounts.addUser({ email, password: PASSWORD, handle, display_name: handle })
    const client = new Client(origin.origin)
    const { status, text } = await client.post('/api/session', { email, password: PASSWORD })
    if (status !== 200) throw new Error(`Signing in as ${handle} was answered by ${status}: ${text}`)
    virtualUsers.push(openFor(client, handle))
  }
  // The load is not about the limits of new accounts and of messages to strangers.
  await withConnection(url, async (client) => {
    await client.query(`update users set created_at = now() - interval '2 days' where handle = any($1)`, [handles])
    await client.query(HAVE_MET, [handles])
  })
  for (let visitor = 0; visitor < VISITORS; visitor += 1) virtualUsers.push(openFor(new Client(origin.origin), null))
  return virtualUsers
}
