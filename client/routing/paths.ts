import type { Activity } from '../../worker/contract/activity.ts'

/** The parts of an activity that its path consists of. */
export type ActivityRef = Pick<Activity, 'uuid'> & { user: Pick<Activity['user'], 'handle'> }

export const withQuery = (path: string, query: Record<string, string | null | undefined>) => {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}

const profile = (handle: string) => `/@${handle}`
const activity = ({ uuid, user }: ActivityRef) => `${profile(user.handle)}/status/${uuid}`

/** Returns the id of a button of the focal activity or user, to which signing in returns. */
export const buttonId = (kind: 'reply' | 'repost' | 'like' | 'follow') => `to-${kind}`

/** The feeds of the home page; `following` is the default and not in the URL. */
export type FeedName = 'following' | 'everyone' | 'last-light'

/** A section of the settings that can be saved; also its element's id. */
export type SettingsSection =
  | 'avatar'
  | 'profile'
  | 'banner'
  | 'lifetime'
  | 'audience'
  | 'followers'
  | 'alt-text'
  | 'theme'
  | 'warnings'
  | 'password'
  | 'devices'
  | 'muted'
  | 'blocked'

/** Builds the path of every page and form; nothing else does. Those of reports are in safety-paths.ts, which home does not load. */
export const paths = {
  home: (feed?: FeedName, cursor?: string | null) =>
    withQuery('/', { feed: feed === 'following' ? null : feed, cursor }),
  /** The page with the compose form alone; with script, `ComposeOpener` shows the form over the current page instead. */
  compose: () => '/compose',
  profile,
  /** A tab of a profile, from `cursor` on. */
  profileTab: (handle: string, query: { tab?: 'cruds' | 'replies' | 'likes'; cursor?: string | null } = {}) =>
    withQuery(profile(handle), { tab: query.tab === 'cruds' ? null : query.tab, cursor: query.cursor }),
  activity,
  /** An activity's page; of a reply, scrolled to it, since the thread above it may be long. */
  inThread: (ref: ActivityRef & Pick<Activity, 'reply_to_activity_uuid'>) =>
    ref.reply_to_activity_uuid ? `${activity(ref)}#${ref.uuid}` : activity(ref),
  /** An activity's page, scrolled to one of its replies. */
  replyOn: (ref: ActivityRef, replyUuid: string) => `${activity(ref)}#${replyUuid}`,
  /** An activity's page, with its replies from `cursor` on. */
  replies: (ref: ActivityRef, cursor?: string | null) => withQuery(activity(ref), { cursor }),
  /** An activity's page, with its reply box focused. */
  reply: (ref: ActivityRef) => `${activity(ref)}#reply`,
  /** An activity's page, with one of its buttons focused. */
  button: (ref: ActivityRef, kind: 'reply' | 'repost' | 'like') => `${activity(ref)}#${buttonId(kind)}`,
  /** Page with what can be done about an activity; with script a menu. */
  activityMenu: (ref: ActivityRef) => `${activity(ref)}/menu`,
  /** Page that asks before deleting an activity. */
  deleteActivity: (ref: ActivityRef) => `${activity(ref)}/put-out`,
  /** Page of an image of an activity, numbered from 1; with script a dialog. */
  image: (ref: ActivityRef, n: number) => `${activity(ref)}/photo/${n}`,
  like: (ref: ActivityRef) => `${activity(ref)}/like`,
  repost: (ref: ActivityRef) => `${activity(ref)}/repost`,
  /** Pages that list the users who liked or reposted an activity. */
  likes: (ref: ActivityRef, cursor?: string | null) => withQuery(`${activity(ref)}/likes`, { cursor }),
  reposts: (ref: ActivityRef, cursor?: string | null) => withQuery(`${activity(ref)}/reposts`, { cursor }),
  /** Page where an author deletes and rewrites an activity. */
  rewrite: (ref: ActivityRef) => `${activity(ref)}/rewrite`,
  /** Page where an author says who may reply from now on. */
  whoCanReply: (ref: ActivityRef) => `${activity(ref)}/who-can-reply`,
  /** Form target that follows or unfollows. */
  follow: (handle: string) => `${profile(handle)}/follow`,
  mute: (handle: string) => `${profile(handle)}/mute`,
  /** A profile, with its follow button focused. */
  followButton: (handle: string) => `${profile(handle)}#${buttonId('follow')}`,
  /** Page that asks before blocking, and form target that blocks or unblocks. */
  block: (handle: string) => `${profile(handle)}/block`,
  /** Page that asks before removing a follower. */
  removeFollower: (handle: string) => `${profile(handle)}/remove-follower`,
  followers: (handle: string, cursor?: string | null) => withQuery(`${profile(handle)}/followers`, { cursor }),
  following: (handle: string, cursor?: string | null) => withQuery(`${profile(handle)}/following`, { cursor }),
  /** Activities, or users, that match `term`. */
  search: (query: { term?: string; in?: 'people' | null; cursor?: string | null } = {}) => withQuery('/search', query),
  tag: (tag: string, cursor?: string | null) => withQuery(`/tags/${encodeURIComponent(tag)}`, { cursor }),
  notifications: (cursor?: string | null) => withQuery('/notifications', { cursor }),
  /** Who asks to follow the viewer, and form target that accepts or declines. */
  followRequests: (cursor?: string | null) => withQuery('/follow-requests', { cursor }),
  /** Form target that dismisses what home shows a new user. */
  arrival: () => '/arrival',
  /** The viewer's circle, and form target that adds or removes a member. `term`: searches for users to add. */
  circle: (query: { term?: string; cursor?: string | null } = {}) => withQuery('/circle', query),
  /** The list of conversations, or of message requests. `to`: a handle; redirects to the conversation with that user. */
  messages: (query: { to?: string; folder?: 'requests'; cursor?: string | null } = {}) => withQuery('/messages', query),
  newMessage: (handle: string) => `/messages/new/${handle}`,
  /** A conversation, from `cursor` back to older messages. */
  conversation: (uuid: string, cursor?: string | null) => withQuery(`/messages/${uuid}`, { cursor }),
  /** `saved`: the section that was just saved. The others: a cursor of the list of that name. */
  settings: (
    query: { saved?: SettingsSection; devices?: string | null; muted?: string | null; blocked?: string | null } = {},
  ) => withQuery('/settings', query) + (query.saved ? `#${query.saved}` : ''),
  /** The profile form of the settings. */
  editProfile: () => '/settings#profile',
  /** The password form of the settings. */
  password: () => '/settings#password',
  avatar: () => '/settings/avatar',
  deleteAccount: () => '/settings/delete',
  /** The viewer's data as a file. */
  export: () => '/api/profile/export',
  /** `next`, here and below: path to return to after sign-in. */
  signUp: (next?: string | null) => withQuery('/signup', { next }),
  signIn: (next?: string | null, query: { email?: string; confirmed?: '1'; ended?: '1' } = {}) =>
    withQuery('/signin', { next, ...query }),
  signOut: () => '/signout',
  confirm: (email?: string | null, query: { sent?: '1'; next?: string } = {}) =>
    withQuery('/confirm', { email, ...query }),
  /** `required`: the account's password must be reset before anyone can sign in. */
  forgot: (email?: string | null, query: { step?: 'confirm' | 'done'; required?: '1'; next?: string } = {}) =>
    withQuery('/forgot', { email, ...query }),
  welcome: (next?: string | null) => withQuery('/welcome', { next }),
  about: () => '/about',
  rules: () => '/rules',
  terms: () => '/terms-of-service',
  privacy: () => '/privacy-policy',
}

/** Whether a path segment is a profile's: `@handle`. */
export const isProfileSegment = (segment: string) => /^@\w{1,30}$/.test(segment)
