import type { CachedContent, QueryKeys } from './cacheable-route.ts'

/** Name of the skeleton, shown while a page loads; client/components/layout/page/Skeleton.tsx draws it. */
export type SkeletonName =
  | 'home'
  | 'search'
  | 'tag'
  | 'notifications'
  | 'messages'
  | 'conversation'
  | 'profile'
  | 'follows'
  | 'people'
  | 'thread'
  | 'reactions'

/** The entry of a page in the table. */
export type Page = {
  /** Path pattern of React Router. */
  path: string
  /** Title without the site's name. Without one, the page makes its title from its data. */
  title?: string
  query?: QueryKeys
  /** Its form takes images. */
  takesImages?: true
  /** Redirects signed-out viewers to /signin and back. */
  protected?: true
  /** Set if the edge may cache it for signed-out viewers: what it shows, which decides when it is purged. */
  cacheable?: CachedContent
  /** Its data may be prefetched: its loader fills only the query cache, and reading has no side effects. */
  prefetchable?: true
  skeleton?: SkeletonName
}

const cursor = 'text'
const next = 'text'

const TABLE = {
  home: {
    path: '/',
    query: { feed: ['everyone', 'last-light'], cursor },
    takesImages: true,
    cacheable: 'feed',
    prefetchable: true,
    skeleton: 'home',
  },
  compose: { path: '/compose', title: 'New crud', takesImages: true, protected: true },
  'sign-up': { path: '/signup', title: 'Join', query: { next } },
  confirm: { path: '/confirm', title: 'Confirm your address', query: { email: 'text', sent: ['1'], next } },
  'sign-in': {
    path: '/signin',
    title: 'Sign in',
    query: { next, email: 'text', confirmed: ['1'], ended: ['1'] },
  },
  forgot: { path: '/forgot', query: { email: 'text', step: ['confirm', 'done'], required: ['1'], next } },
  welcome: { path: '/welcome', title: 'Pick a handle', query: { next }, protected: true },
  'sign-out': { path: '/signout', title: 'Sign out?' },
  about: { path: '/about', title: 'About', cacheable: 'other' },
  rules: { path: '/rules', title: 'Rules of the house', cacheable: 'other' },
  transparency: { path: '/transparency', title: 'Transparency', cacheable: 'other' },
  'terms-of-service': { path: '/terms-of-service', title: 'Terms of service', cacheable: 'other' },
  'privacy-policy': { path: '/privacy-policy', title: 'Privacy policy', cacheable: 'other' },
  search: {
    path: '/search',
    query: { term: 'text', in: ['people'], cursor },
    cacheable: 'other',
    skeleton: 'search',
  },
  tag: { path: '/tags/:tag', query: { cursor }, cacheable: 'tag', prefetchable: true, skeleton: 'tag' },
  notifications: {
    path: '/notifications',
    title: 'Notifications',
    query: { cursor },
    protected: true,
    prefetchable: true,
    skeleton: 'notifications',
  },
  'follow-requests': {
    path: '/follow-requests',
    title: 'Follow requests',
    query: { cursor },
    protected: true,
    prefetchable: true,
    skeleton: 'people',
  },
  arrival: { path: '/arrival' },
  circle: {
    path: '/circle',
    title: 'Your circle',
    query: { term: 'text', cursor },
    protected: true,
    prefetchable: true,
    skeleton: 'people',
  },
  conversations: {
    path: '/messages',
    query: { to: 'text', folder: ['requests'], cursor },
    protected: true,
    prefetchable: true,
    skeleton: 'messages',
  },
  'new-message': { path: '/messages/new/:handle', protected: true },
  conversation: {
    path: '/messages/:message_group_uuid',
    query: { cursor },
    protected: true,
    prefetchable: true,
    skeleton: 'conversation',
  },
  settings: {
    path: '/settings',
    title: 'Settings',
    query: { saved: 'text', devices: cursor, muted: cursor, blocked: cursor },
    protected: true,
  },
  'settings-avatar': { path: '/settings/avatar', title: 'Your picture', protected: true },
  'settings-delete': { path: '/settings/delete', title: 'Delete your account', protected: true },
  profile: {
    path: '/:at_handle',
    query: { tab: ['cruds', 'replies', 'likes'], cursor },
    cacheable: 'author',
    prefetchable: true,
    skeleton: 'profile',
  },
  followers: {
    path: '/:at_handle/followers',
    query: { cursor },
    cacheable: 'user',
    prefetchable: true,
    skeleton: 'follows',
  },
  following: {
    path: '/:at_handle/following',
    query: { cursor },
    cacheable: 'user',
    prefetchable: true,
    skeleton: 'follows',
  },
  follow: { path: '/:at_handle/follow' },
  mute: { path: '/:at_handle/mute' },
  block: { path: '/:at_handle/block', protected: true },
  'remove-follower': { path: '/:at_handle/remove-follower', protected: true },
  activity: {
    path: '/:at_handle/status/:uuid',
    query: { cursor },
    takesImages: true,
    cacheable: 'thread',
    prefetchable: true,
    skeleton: 'thread',
  },
  image: { path: '/:at_handle/status/:uuid/photo/:n', cacheable: 'image' },
  like: { path: '/:at_handle/status/:uuid/like' },
  likes: {
    path: '/:at_handle/status/:uuid/likes',
    query: { cursor },
    cacheable: 'reactions',
    prefetchable: true,
    skeleton: 'reactions',
  },
  repost: { path: '/:at_handle/status/:uuid/repost' },
  reposts: {
    path: '/:at_handle/status/:uuid/reposts',
    query: { cursor },
    cacheable: 'reactions',
    prefetchable: true,
    skeleton: 'reactions',
  },
  'activity-menu': { path: '/:at_handle/status/:uuid/menu', title: 'More about this crud', protected: true },
  'delete-activity': { path: '/:at_handle/status/:uuid/put-out', title: 'Delete this crud?', protected: true },
  rewrite: { path: '/:at_handle/status/:uuid/rewrite', title: 'Delete & rewrite', protected: true },
  'who-can-reply': { path: '/:at_handle/status/:uuid/who-can-reply', title: 'Who can reply?', protected: true },
  report: { path: '/report', title: 'Report', query: { activity: 'text', user: 'text', reference: 'text' } },
  statement: { path: '/statements/:uuid', title: 'A decision', protected: true },
  moderation: { path: '/moderation', title: 'Reports', protected: true },
  'not-found': { path: '*' },
} as const satisfies Record<string, Page>

/** Name of a page, and of its module in client/pages. */
export type PageId = keyof typeof TABLE

/**
 * All pages of the site. Routes, edge cache, purges, prefetching, skeletons, reserved handles and the tests' examples are
 * derived from this table. It is in the contract because Worker and client share it.
 */
export const PAGES: Record<PageId, Page> = TABLE
