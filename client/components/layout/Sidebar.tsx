import { useQueryClient } from '@tanstack/react-query'
import type { Activity } from '../../../worker/contract/activity.ts'
import type { User } from '../../../worker/contract/user.ts'
import { useApi } from '../../app-context.tsx'
import { SIDEBAR_ACTIVITIES, sidebarActivitiesQuery } from '../../queries/activities/activities.ts'
import { SIDEBAR_TAGS } from '../../queries/activities/search.ts'
import { removeExpired } from '../../queries/cache/cached-activities.ts'
import { useDeletions } from '../../queries/cache/deletions.ts'
import { usePages } from '../../queries/cache/use-query-data.ts'
import { useExpiry } from '../../time/clock.tsx'
import { useMedia, WIDE } from '../../ui/use-media.ts'
import { LastLight } from '../activity/feed/LastLight.tsx'
import { SiteSearch } from '../search/SiteSearch.tsx'
import { Trending } from '../tag/Trending.tsx'
import { SuggestedUsers } from '../user/SuggestedUsers.tsx'

type SidebarProps = {
  viewer: User | null
  /** False on the search page, which has the form itself. */
  hasSearch?: boolean
  hasTrending?: boolean
}

/** The sidebar: search, last light, trending tags, users to follow. Hidden below 1180 px, where the browser also fetches none of it. */
export function Sidebar({ viewer, hasSearch = true, hasTrending = true }: SidebarProps) {
  const wide = useMedia(WIDE)
  return (
    <>
      {hasSearch && <SiteSearch />}
      <SidebarLastLight signedIn={viewer !== null} enabled={wide} />
      {hasTrending && <Trending limit={SIDEBAR_TAGS} enabled={wide} />}
      {viewer && <SuggestedUsers enabled={wide} />}
    </>
  )
}

/** The activities that expire next. Signed in, it has more than it shows, to replace expired ones, and refetches when these run out. */
function SidebarLastLight({ signedIn, enabled }: { signedIn: boolean; enabled: boolean }) {
  const queries = useQueryClient()
  const query = sidebarActivitiesQuery(useApi(), signedIn)
  const pages = usePages({ ...query, enabled })
  const deletions = useDeletions()
  const activities: Activity[] = pages?.[0]?.data.filter(({ uuid }) => !deletions.includes(uuid)) ?? []
  useExpiry(
    activities.map((activity) => activity.expires_at),
    (now) => {
      removeExpired(queries, now)
      const live = activities.filter((activity) => Date.parse(activity.expires_at) > now)
      if (enabled && live.length < SIDEBAR_ACTIVITIES)
        void queries.refetchQueries({ queryKey: query.queryKey, stale: true })
    },
  )
  return <LastLight activities={activities.slice(0, SIDEBAR_ACTIVITIES)} />
}
