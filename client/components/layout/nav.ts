import type { User } from '../../../worker/contract/user.ts'
import { paths } from '../../lib/paths.ts'
import type { IconName } from '../../ui/icon-paths.ts'

/** A place of the main navigation. */
export type NavItem = {
  key: 'home' | 'crud' | 'profile' | 'sign-in' | 'sign-up' | 'sign-out'
  label: string
  icon: IconName
  to: string
  /** Drawn as the violet pill. */
  go?: boolean
  /** Only in the rail: the bottom bar has no room for it. */
  railOnly?: boolean
}

/** Where the rail and the bottom bar lead, in their order. A new place is one line. */
export function navFor(viewer: User | null): NavItem[] {
  const home: NavItem = { key: 'home', label: 'Home', icon: 'home', to: paths.home() }
  if (!viewer) {
    return [
      home,
      { key: 'sign-in', label: 'Sign in', icon: 'signIn', to: paths.signIn() },
      { key: 'sign-up', label: 'Join', icon: 'profile', to: paths.signUp(), go: true },
    ]
  }
  return [
    home,
    { key: 'profile', label: 'Profile', icon: 'profile', to: paths.profile(viewer.handle) },
    { key: 'sign-out', label: 'Sign out', icon: 'signOut', to: paths.signOut(), railOnly: true },
    { key: 'crud', label: 'Crud', icon: 'crud', to: paths.compose(), go: true },
  ]
}
