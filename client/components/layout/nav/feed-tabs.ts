import { type FeedName, paths } from '../../../routing/paths.ts'
import type { Tab } from './Tabs.tsx'

/** Names of the feeds on screen. */
export const FEED_LABELS: Record<FeedName, string> = {
  following: 'Following',
  everyone: 'Everyone',
  'last-light': 'Last light',
}

/** Returns the tabs of the home page. The first feed has the path `/`: signed in following, signed out everyone. */
export function feedTabs(current: FeedName, signedIn: boolean): Tab[] {
  const names: FeedName[] = signedIn ? ['following', 'everyone', 'last-light'] : ['everyone', 'last-light']
  return names.map((name, i) => ({
    label: FEED_LABELS[name],
    to: i === 0 ? paths.home() : paths.home(name),
    current: name === current,
  }))
}
