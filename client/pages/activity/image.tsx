import { useSuspenseQuery } from '@tanstack/react-query'
import { data, type LoaderFunctionArgs, useParams } from 'react-router'
import { useApi, useViewer } from '../../app-context.tsx'
import { ExpiredNote } from '../../components/activity/ExpiredNote.tsx'
import { TickingList } from '../../components/activity/feed/TickingList.tsx'
import { FullImageCard } from '../../components/activity/image/FullImageCard.tsx'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { Shell } from '../../components/layout/Shell.tsx'
import { activityQuery } from '../../queries/activities/activities.ts'
import { notFound } from '../../routing/handle-param.ts'
import { paths } from '../../routing/paths.ts'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { loadActivity, sunsetHeaders } from './load-activity.ts'

/** Returns the number of an image in a path: 1, 2, 3 or 4; NaN for anything else. */
const numberIn = (n = '') => (/^[1-9]$/.test(n) ? Number(n) : Number.NaN)

export async function loader(args: LoaderFunctionArgs) {
  const n = numberIn(args.params.n)
  const activity = await loadActivity(args, (found) => paths.image(found, n || 1))
  if (!activity.images[n - 1]) throw notFound()
  return data(null, { headers: sunsetHeaders(activity) })
}

/** The page of one image of an activity. A preview of a link to it shows nothing: the page has no Open Graph tags. */
export function Component() {
  const { uuid = '', n } = useParams()
  const { data: activity } = useSuspenseQuery(activityQuery(useApi(), uuid))
  const viewer = useViewer()
  const { handle, display_name } = activity.user
  const number = numberIn(n)
  const title = activity.images.length > 1 ? `Picture ${number} of ${activity.images.length}` : 'Picture'
  return (
    <Shell viewer={viewer}>
      <PageHead title={`${title} by ${display_name}`} />
      <PageTitle back={paths.activity(activity)}>{title}</PageTitle>
      <TickingList className="feed">
        <FullImageCard activity={activity} viewer={viewer} number={number} />
        <ExpiredNote key={`${uuid}-expired`} last={activity}>
          This crud has burnt out. <a href={paths.profile(handle)}>See what @{handle} has burning now</a>
        </ExpiredNote>
      </TickingList>
    </Shell>
  )
}
