import type { ReactNode } from 'react'
import type { Activity } from '../../../../worker/contract/activity.ts'
import type { User } from '../../../../worker/contract/user.ts'
import type { Pagination } from '../../../queries/cache/pagination.ts'
import { paths } from '../../../routing/paths.ts'
import { ButtonLink } from '../../../ui/button/ButtonLink.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { MoreLink } from '../../../ui/MoreLink.tsx'
import { EndOfList, ExpiredNote, lastToExpire } from '../ExpiredNote.tsx'
import { ActivityList } from './ActivityList.tsx'
import { TickingList } from './TickingList.tsx'

type FeedProps = {
  activities: readonly Activity[]
  viewer: User | null
  /** Accessible name. */
  label: string
  /** Path of the next page, if there is one. */
  nextPath?: string | null
  /** Text of the link to the next page. */
  nextLabel?: string
  /** Loads the next page into this feed, with script (see `useList`). */
  pagination?: Pagination
  /** Shown instead of an empty feed. */
  empty?: ReactNode
}

/** A feed of activities, with a link to its next page. */
export function Feed({ activities, viewer, label, nextPath, nextLabel = 'Older cruds', pagination, empty }: FeedProps) {
  const last = lastToExpire(activities)
  if (!last) return empty ?? <EmptyFeed viewer={viewer} />
  return (
    <>
      <TickingList className="feed">
        {/* data-nosnippet: a search engine would show the texts after their expiry. */}
        <div role="feed" aria-label={label} aria-busy={pagination?.loading} data-nosnippet>
          <ActivityList activities={activities} viewer={viewer} setSize={nextPath ? -1 : activities.length} />
        </div>
        <ExpiredNote key={last.uuid} last={last}>
          Everything here has burnt out. <a href={paths.home()}>See what’s burning now</a>
        </ExpiredNote>
      </TickingList>
      {nextPath ? (
        <MoreLink to={nextPath} pagination={pagination}>
          {nextLabel}
        </MoreLink>
      ) : (
        <EndOfList key={last.uuid} last={last} />
      )}
    </>
  )
}

function EmptyFeed({ viewer }: { viewer: User | null }) {
  return (
    // Signed out, the landing section above has the buttons.
    <EmptyState actions={viewer && <ButtonLink href={paths.compose()}>Crud</ButtonLink>}>
      Nothing is burning here. Light the first one.
    </EmptyState>
  )
}
