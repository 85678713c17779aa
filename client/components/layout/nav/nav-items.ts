import type { User } from '../../../../worker/contract/user.ts'
import { paths } from '../../../routing/paths.ts'
import type { IconName } from '../../../ui/icon/icon-paths.ts'

/** A place of the main navigation. */
export type NavItem = {
  key:
    | 'home'
    | 'search'
    | 'notifications'
    | 'messages'
    | 'crud'
    | 'profile'
    | 'settings'
    | 'sign-in'
    | 'sign-up'
    | 'sign-out'
  label: string
  icon: IconName
  to: string
  /** Drawn as the violet pill. */
  go?: boolean
  /** Only in the rail: the bottom bar has no room for it. */
  railOnly?: boolean
  /** How many new things wait there. */
  unread?: number | undefined
}

/** What the navigation counts. */
export type NavCounts = { notifications?: number | undefined; messages?: number | undefined }

/** Where the rail and the bottom bar lead, in their order. A new place is one line. */
export function navFor(viewer: User | null, counts: NavCounts = {}): NavItem[] {
  const home: NavItem = { key: 'home', label: 'Home', icon: 'home', to: paths.home() }
  const search: NavItem = { key: 'search', label: 'Search', icon: 'search', to: paths.search() }
  if (!viewer) {
    return [
      home,
      search,
      { key: 'sign-in', label: 'Sign in', icon: 'signIn', to: paths.signIn() },
      { key: 'sign-up', label: 'Join', icon: 'profile', to: paths.signUp(), go: true },
    ]
  }
  return [
    home,
    search,
    {
      key: 'notifications',
      label: 'Notifications',
      icon: 'notifications',
      to: paths.notifications(),
      unread: counts.notifications,
    },
    { key: 'messages', label: 'Messages', icon: 'messages', to: paths.messages(), unread: counts.messages },
    { key: 'profile', label: 'Profile', icon: 'profile', to: paths.profile(viewer.handle), railOnly: true },
    { key: 'settings', label: 'Settings', icon: 'settings', to: paths.settings(), railOnly: true },
    { key: 'sign-out', label: 'Sign out', icon: 'signOut', to: paths.signOut(), railOnly: true },
    { key: 'crud', label: 'Crud', icon: 'crud', to: paths.compose(), go: true },
  ]
}
