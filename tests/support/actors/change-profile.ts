import type { OwnProfile, ProfileChange } from '../../../worker/contract/user.ts'
import type { Client } from '../../harness/client.ts'
import { expectStatus } from '../assertions/expect-answer.ts'

/** Changes fields of the profile or preferences. */
export const changesProfile = async (who: Client, changes: ProfileChange): Promise<OwnProfile> => {
  const type = { 'content-type': 'application/json' }
  return expectStatus(await who.send('PATCH', '/api/profile', type, JSON.stringify(changes)), 200).body
}
