import { useInfiniteQuery } from '@tanstack/react-query'
import { useApi, useViewer } from '../../app-context.tsx'
import { LiveFeed } from '../../components/activity/feed/LiveFeed.tsx'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { userActivitiesQuery } from '../../queries/activities/activities.ts'
import { paths } from '../../routing/paths.ts'
import { ButtonLink } from '../../ui/button/ButtonLink.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'

/** Notice that an activity has expired, with live activities of the user in its URL. */
export function ExpiredNotice({ handle }: { handle: string }) {
  const viewer = useViewer()
  const { data } = useInfiniteQuery(userActivitiesQuery(useApi(), handle, 'cruds', null))
  const activities = data?.pages.flatMap((page) => page.data) ?? []
  const hasActivities = activities.length > 0
  return (
    <>
      <PageHead title="Burnt out" />
      <EmptyState
        title="Burnt out"
        level="h1"
        actions={hasActivities ? undefined : <ButtonLink href={paths.home()}>See what’s burning now</ButtonLink>}
      >
        {hasActivities
          ? `This crud has burnt out. Here’s what @${handle} has burning now.`
          : 'This crud has burnt out.'}
      </EmptyState>
      {hasActivities && <LiveFeed activities={activities.slice(0, 5)} viewer={viewer} label={`Cruds of @${handle}`} />}
    </>
  )
}
