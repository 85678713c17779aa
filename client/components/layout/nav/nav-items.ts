import type { User } from '../../../../worker/contract/user.ts'
import { paths } from '../../../routing/paths.ts'
import type { IconName } from '../../../ui/icon/icon-paths.ts'

/** A link of the main navigation. */
export type NavItem = {
  key:
    | 'home'
    | 'search'
    | 'notifications'
    | 'messages'
    | 'compose'
    | 'profile'
    | 'follow-requests'
    | 'circle'
    | 'settings'
    | 'sign-in'
    | 'sign-up'
    | 'sign-out'
  label: string
  icon: IconName
  to: string
  /** Rendered as the violet button. */
  primary?: boolean
  /** In the rail, and on a phone in the menu: the bottom bar has no room for it. */
  inMenu?: boolean
  unread?: number | undefined
}

/** Unread counts in the navigation. */
export type NavCounts = Partial<Record<'notifications' | 'messages' | 'followRequests', number | undefined>>

/** Returns the links of the rail, the bottom bar and the phone's menu for a signed-in viewer, in order. */
export function navItems(viewer: User, counts: NavCounts): NavItem[] {
  return [
    { key: 'home', label: 'Home', icon: 'home', to: paths.home() },
    { key: 'search', label: 'Search', icon: 'search', to: paths.search() },
    {
      key: 'notifications',
      label: 'Notifications',
      icon: 'notifications',
      to: paths.notifications(),
      unread: counts.notifications,
    },
    { key: 'messages', label: 'Messages', icon: 'messages', to: paths.messages(), unread: counts.messages },
    { key: 'profile', label: 'Profile', icon: 'profile', to: paths.profile(viewer.handle), inMenu: true },
    ...(counts.followRequests ? [followRequests(counts.followRequests)] : []),
    { key: 'circle', label: 'Circle', icon: 'circle', to: paths.circle(), inMenu: true },
    { key: 'settings', label: 'Settings', icon: 'settings', to: paths.settings(), inMenu: true },
    { key: 'sign-out', label: 'Sign out', icon: 'signOut', to: paths.signOut(), inMenu: true },
    { key: 'compose', label: 'Crud', icon: 'plus', to: paths.compose(), primary: true },
  ]
}

/** Shown only while somebody is waiting. */
const followRequests = (unread: number): NavItem => ({
  key: 'follow-requests',
  label: 'Requests',
  icon: 'followers',
  to: paths.followRequests(),
  inMenu: true,
  unread,
})
