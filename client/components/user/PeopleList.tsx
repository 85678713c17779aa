import type { User } from '../../../worker/contract/user.ts'
import type { followsQuery } from '../../queries/people-lists.ts'
import { useList } from '../../queries/use-list.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { MoreLink } from '../../ui/MoreLink.tsx'
import { FollowButton } from './FollowButton.tsx'
import { PersonRow } from './PersonRow.tsx'

type PeopleListProps = {
  list: ReturnType<typeof followsQuery>
  /** Whether the viewer follows a person of the list; undefined where that is not known. */
  isFollowed?: (user: User) => boolean | undefined
  /** Address of the page that begins at a cursor. */
  pageAt: (cursor: string) => string
  /** In place of a list with nobody in it. */
  empty: string
}

/** People, page by page. */
export function PeopleList({ list, isFollowed, pageAt, empty }: PeopleListProps) {
  const { items, further } = useList(list)
  if (items.length === 0) return <EmptyState>{empty}</EmptyState>
  return (
    <>
      <ul className="people wide" aria-busy={further.loading}>
        {items.map((user) => {
          const following = isFollowed?.(user)
          const action =
            following === undefined ? undefined : <FollowButton handle={user.handle} following={following} />
          return <PersonRow key={user.uuid} user={user} action={action} />
        })}
      </ul>
      {further.cursor && (
        <MoreLink to={pageAt(further.cursor)} further={further}>
          More people
        </MoreLink>
      )}
    </>
  )
}
