import type { Activity } from '../../worker/contract/activity.ts'

/** What a crud's address is made of. */
type Addressed = Pick<Activity, 'uuid'> & { user: Pick<Activity['user'], 'handle'> }

const withQuery = (path: string, query: Record<string, string | null | undefined>) => {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}

const profile = (handle: string) => `/@${handle}`
const activity = ({ uuid, user }: Addressed) => `${profile(user.handle)}/status/${uuid}`

/** The id of a button that signing in leads back to: the one of the crud or person that a page is about. */
export const buttonId = (kind: 'reply' | 'repost' | 'like' | 'follow') => `to-${kind}`

/** Which cruds the home page shows; `following` is the plain address. */
export type FeedName = 'following' | 'everyone' | 'last-light'

/** A part of the settings that was changed; the id of its section. */
export type Saved = 'avatar' | 'profile' | 'lifetime' | 'theme' | 'password' | 'devices' | 'muted' | 'blocked'

/** Every address of the site; nothing else builds one. */
export const paths = {
  home: (feed?: FeedName, cursor?: string | null) =>
    withQuery('/', { feed: feed === 'following' ? null : feed, cursor }),
  /** The compose box of the home page, focused. */
  compose: () => '/#compose',
  profile,
  /** A tab of a person's page, from `cursor` on. */
  profilePage: (handle: string, query: { tab?: 'cruds' | 'replies' | 'likes'; cursor?: string | null } = {}) =>
    withQuery(profile(handle), { tab: query.tab === 'cruds' ? null : query.tab, cursor: query.cursor }),
  activity,
  /** The crud's page from `cursor` of its replies on. */
  replies: (crud: Addressed, cursor?: string | null) => withQuery(activity(crud), { cursor }),
  /** The reply box of the crud's page, focused. */
  reply: (crud: Addressed) => `${activity(crud)}#reply`,
  /** The crud's page, with the focus on one of its buttons. */
  button: (crud: Addressed, kind: 'reply' | 'repost' | 'like') => `${activity(crud)}#${buttonId(kind)}`,
  /** Asks whether to put out one's own crud. */
  putOut: (crud: Addressed) => `${activity(crud)}/put-out`,
  like: (crud: Addressed) => `${activity(crud)}/like`,
  repost: (crud: Addressed) => `${activity(crud)}/repost`,
  /** Who likes the crud, and who has reposted it. */
  likes: (crud: Addressed, cursor?: string | null) => withQuery(`${activity(crud)}/likes`, { cursor }),
  reposts: (crud: Addressed, cursor?: string | null) => withQuery(`${activity(crud)}/reposts`, { cursor }),
  /** Takes back one's own crud and says something else in its place. */
  rewrite: (crud: Addressed) => `${activity(crud)}/rewrite`,
  /** Follows, and ends that: `on`. */
  follow: (handle: string) => `${profile(handle)}/follow`,
  mute: (handle: string) => `${profile(handle)}/mute`,
  /** The person's page, with the focus on the button to follow them. */
  followButton: (handle: string) => `${profile(handle)}#${buttonId('follow')}`,
  /** Asks whether to block; blocks, and takes that back: `on`. */
  block: (handle: string) => `${profile(handle)}/block`,
  followers: (handle: string, cursor?: string | null) => withQuery(`${profile(handle)}/followers`, { cursor }),
  following: (handle: string, cursor?: string | null) => withQuery(`${profile(handle)}/following`, { cursor }),
  /** Cruds, or people, that have `term`. */
  search: (query: { term?: string; in?: 'people' | null; cursor?: string | null } = {}) => withQuery('/search', query),
  tag: (tag: string, cursor?: string | null) => withQuery(`/tags/${encodeURIComponent(tag)}`, { cursor }),
  notifications: (cursor?: string | null) => withQuery('/notifications', { cursor }),
  /** The conversations; `to`: a handle that leads to the one with that person. */
  messages: (query: { to?: string; cursor?: string | null } = {}) => withQuery('/messages', query),
  newMessage: (handle: string) => `/messages/new/${handle}`,
  /** A conversation, from `cursor` of its messages back. */
  messageGroup: (uuid: string, cursor?: string | null) => withQuery(`/messages/${uuid}`, { cursor }),
  /** `saved`: what has just been done; the others: a cursor of the list of that name. */
  settings: (query: { saved?: Saved; devices?: string | null; muted?: string | null; blocked?: string | null } = {}) =>
    withQuery('/settings', query) + (query.saved ? `#${query.saved}` : ''),
  /** The form for a new password. */
  password: () => '/settings#password',
  avatar: () => '/settings/avatar',
  deleteAccount: () => '/settings/delete',
  /** All that one has here, as a file. */
  export: () => '/api/profile/export',
  /** `next`, here and below: where to go once one is signed in, a path of this site. */
  signUp: (next?: string | null) => withQuery('/signup', { next }),
  signIn: (next?: string | null, query: { email?: string; confirmed?: '1'; ended?: '1' } = {}) =>
    withQuery('/signin', { next, ...query }),
  signOut: () => '/signout',
  confirm: (email?: string | null, query: { sent?: '1'; next?: string } = {}) =>
    withQuery('/confirm', { email, ...query }),
  /** `required`: nobody gets in before there is a new password. */
  forgot: (email?: string | null, query: { step?: 'confirm' | 'done'; required?: '1'; next?: string } = {}) =>
    withQuery('/forgot', { email, ...query }),
  welcome: (next?: string | null) => withQuery('/welcome', { next }),
  about: () => '/about',
  terms: () => '/terms-of-service',
  privacy: () => '/privacy-policy',
}

/** Whether a path segment is a person's: `@handle`. */
export const isProfileSegment = (segment: string) => /^@\w{1,30}$/.test(segment)
