import type { Profile } from '../../../worker/contract/user.ts'
import type { Client } from '../../harness/client.ts'
import { expectStatus } from '../assertions/expect-answer.ts'

/** Changes the display name, the bio, or both. */
export const changesProfile = async (
  who: Client,
  changes: Partial<Pick<Profile, 'display_name' | 'bio'>>,
): Promise<Profile> => {
  const type = { 'content-type': 'application/json' }
  return expectStatus(await who.send('PATCH', '/api/profile', type, JSON.stringify(changes)), 200).body
}
