import type { Stack } from '../bench/stack.ts'
import { Client } from '../harness/client.ts'
import { Lane, type Town } from './lane.ts'

const PASSWORD = 'Cruddur-2026!'

/** How many stand on the road: people who are signed in, visitors, and how many ways each goes at once in the burst. */
export const PEOPLE = 16
export const VISITORS = 8
export const BURST = 10

/** People whom nobody else follows or unfollows meanwhile. */
const STRANGERS = 500

/** Makes accounts, signs everybody in, and lays out each one's lanes: the first of each is the load, all are the burst. */
export async function layLanes({ accounts, places }: Stack, origin: URL): Promise<Lane[][]> {
  const handles = Array.from({ length: PEOPLE }, (_, index) => `load_${index + 1}`)
  const town: Town = {
    cruds: places.likeable,
    strangers: Array.from({ length: STRANGERS }, (_, index) => `person${1_000 + index}`),
    people: handles,
    tag: places.tag,
    term: places.term,
  }
  const lanesOf = (client: Client, handle: string | null) =>
    Array.from({ length: BURST }, (_, at) => new Lane(client, handle, town, at, BURST))
  const lanes: Lane[][] = []
  for (const handle of handles) {
    const email = `${handle}@example.com`
    await accounts.addUser({ email, password: PASSWORD, handle, display_name: handle })
    const client = new Client(origin.origin)
    const { status, text } = await client.post('/api/session', { email, password: PASSWORD })
    if (status !== 200) throw new Error(`Signing in as ${handle} was answered by ${status}: ${text}`)
    lanes.push(lanesOf(client, handle))
  }
  for (let visitor = 0; visitor < VISITORS; visitor += 1) lanes.push(lanesOf(new Client(origin.origin), null))
  return lanes
}
