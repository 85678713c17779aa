import type { ReactNode } from 'react'
import type { Activity } from '../../../../worker/contract/activity.ts'
import type { User } from '../../../../worker/contract/user.ts'
import type { Pagination } from '../../../queries/pagination.ts'
import { paths } from '../../../routing/paths.ts'
import { ButtonLink } from '../../../ui/button/ButtonLink.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { MoreLink } from '../../../ui/MoreLink.tsx'
import { PageLink } from '../../../ui/PageLink.tsx'
import { ExpiredNote, ExpiryNote, lastToExpire } from '../ExpiredNote.tsx'
import { ActivityList } from './ActivityList.tsx'
import { ExpiringList } from './ExpiringList.tsx'

type FeedProps = {
  activities: readonly Activity[]
  viewer: User | null
  /** What the feed is called, for assistive tech. */
  label: string
  /** Address of the page of older cruds, if there are any. */
  next?: string | null
  /** What leads there is called. */
  more?: string
  /** With it, script reads them into this feed (see `useList`). */
  further?: Pagination
  /** In place of a feed with nothing in it. */
  empty?: ReactNode
}

/** Cruds from newest to oldest, with a way to the older ones. */
export function Feed({ activities, viewer, label, next, more = 'Older cruds', further, empty }: FeedProps) {
  const last = lastToExpire(activities)
  if (!last) return empty ?? <NothingBurning viewer={viewer} />
  return (
    <>
      <ExpiringList className="feed">
        {/* A search result would show what has burnt out long since. */}
        <div role="feed" aria-label={label} aria-busy={further?.loading} data-nosnippet>
          <ActivityList activities={activities} viewer={viewer} of={next ? -1 : activities.length} />
        </div>
        <ExpiredNote key={last.uuid} last={last}>
          Everything here has burnt out. <PageLink to={paths.home()}>See what is burning now</PageLink>
        </ExpiredNote>
      </ExpiringList>
      {next ? (
        <MoreLink to={next} further={further}>
          {more}
        </MoreLink>
      ) : (
        <ExpiryNote key={last.uuid} last={last} />
      )}
    </>
  )
}

function NothingBurning({ viewer }: { viewer: User | null }) {
  return (
    // Signed out, an invitation stands above.
    <EmptyState actions={viewer && <ButtonLink to={paths.compose()}>Crud</ButtonLink>}>
      Nothing is burning here. Light the first one.
    </EmptyState>
  )
}
