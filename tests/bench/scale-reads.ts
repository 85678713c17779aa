import type pg from 'pg'
import type { Reader } from './scale-sites.ts'

/** A read that is measured on both sites. */
export type Read = {
  name: string
  as: Reader
  path: string
  /** The budget that the read counts for, if any. */
  budget?: 'home' | 'profile' | 'thread' | 'search'
}

/** A version 7 uuid of some days ago. */
const uuidAt = (daysAgo: number): string => {
  const hex = Math.floor(Date.now() - daysAgo * 86_400_000)
    .toString(16)
    .padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}

/** The reads of a site. Cursors far down a list are computed from a time some days ago, or an expiry to come. */
export async function readsOf(client: pg.Client): Promise<Read[]> {
  const readValue = async (text: string): Promise<string> => {
    const { rows } = await client.query(text)
    return String(Object.values(rows[0] ?? {})[0])
  }
  const thread = await readValue(
    `select uuid from activities where reply_to_activity_uuid is null order by stored_replies_count desc limit 1`,
  )
  const conversation = await readValue(
    `select message_group_uuid from messages join message_group_members member using (message_group_uuid)
     join users on users.uuid = member.user_uuid where handle = 'ordinary' group by 1 order by count(*) desc limit 1`,
  )
  const handle = await readValue(`select handle from users where handle ~ '777$' order by uuid limit 1`)
  const soon = new Date(Date.now() + 3 * 86_400_000).toISOString().replace('Z', '000Z')
  const feed = (reader: Reader): Read[] => [
    { name: 'home', as: reader, path: '/api/activities/home', budget: 'home' },
    {
      name: 'home, three days down',
      as: reader,
      path: `/api/activities/home?cursor=${uuidAt(0)}.${uuidAt(3)}`,
      budget: 'home',
    },
    { name: 'last light', as: reader, path: '/api/activities/last-light' },
  ]
  const search = (what: string, term: string): Read => ({
    name: `search, ${what}`,
    as: 'ordinary',
    path: `/api/activities/search?term=${term}`,
    budget: 'search',
  })
  return [
    ...feed('ordinary'),
    ...feed('curious'),
    { name: 'everyone', as: 'ordinary', path: '/api/activities/everyone' },
    { name: 'everyone, three days down', as: 'ordinary', path: `/api/activities/everyone?cursor=${uuidAt(3)}` },
    {
      name: 'last light, three days on',
      as: 'ordinary',
      path: `/api/activities/last-light?cursor=${soon}_${uuidAt(0)}`,
    },
    ...(['ordinary', 'famous'] as const).flatMap((handle): Read[] => [
      { name: `profile of the ${handle}`, as: 'curious', path: `/api/users/@${handle}`, budget: 'profile' },
      { name: `cruds of the ${handle}`, as: 'curious', path: `/api/users/@${handle}/activities`, budget: 'profile' },
    ]),
    {
      name: 'cruds of the famous, days down',
      as: 'curious',
      path: `/api/users/@famous/activities?cursor=${uuidAt(4)}`,
      budget: 'profile',
    },
    { name: 'followers of the famous', as: 'ordinary', path: '/api/users/@famous/followers' },
    {
      name: 'followers of the famous, far down',
      as: 'ordinary',
      path: `/api/users/@famous/followers?cursor=${uuidAt(150)}`,
    },
    { name: 'crud of a thread', as: 'ordinary', path: `/api/activities/${thread}`, budget: 'thread' },
    { name: 'replies of a thread', as: 'ordinary', path: `/api/activities/${thread}/replies`, budget: 'thread' },
    {
      name: 'replies of a thread, half down',
      as: 'ordinary',
      path: `/api/activities/${thread}/replies?cursor=${uuidAt(0.5)}`,
      budget: 'thread',
    },
    search('a common word', 'kalan'),
    search('a common word, days down', `kalan&cursor=${uuidAt(8)}`),
    search('an uncommon word', 'minon'),
    search('a rare word', 'rarity'),
    search('a word of old cruds', 'bygone'),
    search('two words', 'kalar+kalat'),
    search('no word at all', 'nobodysaysthis'),
    { name: 'people, by a common name', as: 'ordinary', path: '/api/users/search?term=kalan' },
    { name: 'people, by a handle', as: 'ordinary', path: `/api/users/search?term=${handle}` },
    { name: 'tag', as: 'ordinary', path: '/api/tags/tag1' },
    { name: 'tag, days down', as: 'ordinary', path: `/api/tags/tag1?cursor=${uuidAt(8)}` },
    { name: 'trending tags', as: 'ordinary', path: '/api/tags/trending' },
    { name: 'suggested people', as: 'curious', path: '/api/users/suggested' },
    ...(['ordinary', 'famous'] as const).flatMap((reader): Read[] => [
      { name: 'notifications', as: reader, path: '/api/notifications' },
      { name: 'notifications, days down', as: reader, path: `/api/notifications?cursor=${uuidAt(6)}` },
      { name: 'notifications unread', as: reader, path: '/api/notifications/unread' },
      { name: 'conversations', as: reader, path: '/api/message_groups' },
      { name: 'conversations, far down', as: reader, path: `/api/message_groups?cursor=${uuidAt(3)}` },
      { name: 'conversations unread', as: reader, path: '/api/message_groups/unread' },
    ]),
    { name: 'messages', as: 'ordinary', path: `/api/message_groups/${conversation}/messages` },
    {
      name: 'messages, far down',
      as: 'ordinary',
      path: `/api/message_groups/${conversation}/messages?cursor=${uuidAt(20)}`,
    },
  ]
}
