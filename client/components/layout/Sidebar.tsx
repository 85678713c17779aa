import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import type { Activity } from '../../../worker/contract/activity.ts'
import type { User } from '../../../worker/contract/user.ts'
import { useApi } from '../../app-context.tsx'
import { LIT, sidebarActivitiesQuery } from '../../queries/activities.ts'
import { removeExpired } from '../../queries/cached-activities.ts'
import { useExpiry } from '../../time/clock.tsx'
import { useMedia, WIDE } from '../../ui/use-media.ts'
import { LastLight } from '../activity/feed/LastLight.tsx'
import { SearchForm } from '../search/SearchForm.tsx'
import { Trending } from '../tag/Trending.tsx'
import { SuggestedUsers } from '../user/SuggestedUsers.tsx'

/** So many are shown. */
const TAGS = 5

type SidebarProps = {
  viewer: User | null
  /** False on the page that has the box itself. */
  search?: boolean
  trending?: boolean
}

/** What stands beside a page from 1180 px on. Narrower windows hide it, and ask for nothing. */
export function Sidebar({ viewer, search = true, trending = true }: SidebarProps) {
  const wide = useMedia(WIDE)
  return (
    <>
      {search && <SearchForm />}
      <EndingSoon signedIn={viewer !== null} enabled={wide} />
      {trending && <Trending limit={TAGS} enabled={wide} />}
      {viewer && <SuggestedUsers enabled={wide} />}
    </>
  )
}

/** The cruds that end next; more are held than shown, so that another takes the place of one that went. */
function EndingSoon({ signedIn, enabled }: { signedIn: boolean; enabled: boolean }) {
  const queries = useQueryClient()
  const list = sidebarActivitiesQuery(useApi(), signedIn)
  const { data, isStale, refetch } = useInfiniteQuery({ ...list, enabled })
  const held: Activity[] = data?.pages[0]?.data ?? []
  useExpiry(
    held.map((activity) => activity.expires_at),
    (now) => {
      removeExpired(queries, now)
      const left = held.filter((activity) => Date.parse(activity.expires_at) > now)
      if (enabled && isStale && left.length < LIT) void refetch()
    },
  )
  return <LastLight activities={held.slice(0, LIT)} />
}
