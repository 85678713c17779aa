import { type FeedName, paths } from '../../../routing/paths.ts'
import type { Tab } from './Tabs.tsx'

/** What the feeds are called. */
export const FEED_LABELS: Record<FeedName, string> = {
  following: 'Following',
  everyone: 'Everyone',
  'last-light': 'Last light',
}

/** The tabs of the home page. Without `following` (signed out) everyone is at the plain address. */
export function feedTabs(current: FeedName, signedIn: boolean): Tab[] {
  const names: FeedName[] = signedIn ? ['following', 'everyone', 'last-light'] : ['everyone', 'last-light']
  return names.map((name, i) => ({
    label: FEED_LABELS[name],
    to: i === 0 ? paths.home() : paths.home(name),
    current: name === current,
  }))
}
