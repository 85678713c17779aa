import type { ReactNode } from 'react'
import type { Activity } from '../../../worker/contract/activity.ts'
import type { User } from '../../../worker/contract/user.ts'
import { paths } from '../../lib/paths.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { PageLink } from '../../ui/PageLink.tsx'
import { BurningList } from './BurningList.tsx'
import { BurntNote, lastToEnd } from './BurntNote.tsx'
import { Crud } from './Crud.tsx'

type FeedProps = {
  activities: readonly Activity[]
  viewer: User | null
  /** What the feed is called, for assistive tech. */
  label: string
  /** Address of the page of older cruds, if there are any. */
  next?: string | null
  /** In place of a feed with nothing in it. */
  empty?: ReactNode
  canReact?: boolean
}

/** Cruds from newest to oldest, with a way to the older ones. */
export function Feed({ activities, viewer, label, next, empty, canReact = false }: FeedProps) {
  const last = lastToEnd(activities)
  if (!last) return empty ?? <NothingBurning viewer={viewer} />
  const of = next ? -1 : activities.length
  return (
    <>
      <BurningList className="feed">
        <div role="feed" aria-label={label}>
          {activities.map((activity, i) => (
            <Crud
              key={activity.uuid}
              activity={activity}
              viewer={viewer}
              canReact={canReact}
              position={{ at: i + 1, of }}
            />
          ))}
        </div>
        <BurntNote key={last.uuid} last={last}>
          Everything here has burnt out. <PageLink to={paths.home()}>See what is burning now</PageLink>
        </BurntNote>
      </BurningList>
      {next && (
        <PageLink className="more" to={next} rel="next">
          Older cruds
        </PageLink>
      )}
    </>
  )
}

function NothingBurning({ viewer }: { viewer: User | null }) {
  return (
    <EmptyState
      actions={
        viewer ? <ButtonLink to={paths.compose()}>Crud</ButtonLink> : <ButtonLink to={paths.signUp()}>Join</ButtonLink>
      }
    >
      Nothing is burning here. Light the first one.
    </EmptyState>
  )
}
