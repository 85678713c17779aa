import type { Activity } from '../worker/contract/activity.ts'
import { PAGES as PAGE_TABLE } from '../worker/contract/pages.ts'
import { PAGES as ADDRESSES, addressesOf, type Places } from './addresses.ts'
import type { Site } from './harness/site.ts'
import type { Person } from './story.ts'

/** Two people who know each other, and what they have said. */
export type Scene = {
  anna: Person
  ben: Person
  /** Anna’s, and Ben’s, which Anna has answered, liked and reposted. */
  own: Activity
  other: Activity
  /** Ben’s last: it has five minutes left of an hour. */
  hot: Activity
  /** Anna’s, over. */
  gone: Activity
  /** The conversation of the two. */
  group: string
}

/** Makes people, cruds of every length and heat, and a conversation: something for every page to show. */
export async function makeScene({ story, db }: Site): Promise<Scene> {
  const [anna, ben] = await Promise.all([story.join('anna'), story.join('ben')])
  const own = await anna.cruds('about #tags', '7-days')
  const other = await ben.cruds('Two spare tickets: https://example.com/a')
  await anna.replies(other, 'Rain stopped. The whole street came out at once, like someone had rung a bell.')
  await ben.replies(own, 'word '.repeat(50).trim())
  const hot = await ben.cruds(`@${anna.handle} ${'w'.repeat(60)}`)
  await db.sql(
    `update activities set created_at = now() - interval '55 minutes', expires_at = now() + interval '5 minutes'
     where uuid = $1`,
    [hot.uuid],
  )
  const gone = await anna.cruds('over')
  await db.sql('update activities set expires_at = now() where uuid = $1', [gone.uuid])
  for (const [person, crud] of [
    [anna, other],
    [ben, own],
  ] as const) {
    await person.put(`/api/activities/${crud.uuid}/like`, {})
    await person.put(`/api/activities/${crud.uuid}/repost`, {})
  }
  await anna.put(`/api/users/@${ben.handle}/follow`, {})
  await ben.put(`/api/users/@${anna.handle}/follow`, {})
  const group = (await ben.post('/api/messages', { message: 'hi', handle: anna.handle })).body.message_group_uuid
  return { anna, ben, own, other, hot, gone, group }
}

const at = ({ uuid, user }: Activity, rest = '') => `/@${user.handle}/status/${uuid}${rest}`

/** Addresses that show a page otherwise than those that its table entry gives. */
const MORE: Record<string, (scene: Scene) => string[]> = {
  '/search': () => ['/search'],
  '/tags/:tag': () => ['/tags/nobody_has_used_this'],
  '/:at_handle': ({ anna }) => [`/@${anna.handle}`, '/@nobody'],
  '/:at_handle/status/:uuid': ({ own, gone }) => [at(own), at(gone)],
}

/** What the parameters of a page stand for. A protected page about an activity is its author's, who is Anna. */
function placesOf({ anna, ben, own, other, group }: Scene, path: string): Places {
  const isOwn = OWN.has(path)
  return {
    handles: [isOwn ? anna.handle : ben.handle],
    uuids: [isOwn ? own.uuid : other.uuid],
    groups: [group],
    tag: 'tags',
    term: 'tags',
  }
}

const OWN = new Set(
  Object.values(PAGE_TABLE).flatMap((page) => (page.protected && page.path.includes(':uuid') ? [page.path] : [])),
)

/** The path of every page there is, with the one for any other address. */
export const PAGES = [...ADDRESSES, '*']

/** Addresses of a page, as Anna would ask for them, from its entry in worker/contract/pages.ts. */
export function examplesOf(path: string, scene: Scene): string[] {
  if (path === '*') return ['/nothing/here']
  return [...addressesOf(path, placesOf(scene, path)), ...(MORE[path]?.(scene) ?? [])]
}
