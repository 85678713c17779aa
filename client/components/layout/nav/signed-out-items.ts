import { paths } from '../../../routing/paths.ts'
import type { NavItem } from './nav-items.ts'

/** Links of the rail when signed out, in order. */
export const SIGNED_OUT_ITEMS: readonly NavItem[] = [
  { key: 'home', label: 'Home', icon: 'home', to: paths.home() },
  { key: 'search', label: 'Search', icon: 'search', to: paths.search() },
  { key: 'sign-in', label: 'Sign in', icon: 'signIn', to: paths.signIn() },
  { key: 'sign-up', label: 'Join', icon: 'profile', to: paths.signUp(), primary: true },
]
