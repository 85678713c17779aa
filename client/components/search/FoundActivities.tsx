import { useQuery } from '@tanstack/react-query'
import type { User } from '../../../worker/contract/user.ts'
import { useApi } from '../../app-context.tsx'
import { searchQuery } from '../../queries/activities/search.ts'
import { useList } from '../../queries/cache/use-list.ts'
import { foundUsersQuery } from '../../queries/users/found-users.ts'
import { paths } from '../../routing/paths.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { LiveFeed } from '../activity/feed/LiveFeed.tsx'
import { ListedUserItem } from '../user/ListedUserItem.tsx'

/** Users shown above the activities. */
const MAX_USERS = 3

type FoundActivitiesProps = { term: string; start: string | null; viewer: User | null }

/** Activities that contain a term; on the first page, with the best matching users above. */
export function FoundActivities({ term, start, viewer }: FoundActivitiesProps) {
  const api = useApi()
  const { items, pagination } = useList(searchQuery(api, term, start))
  const { data } = useQuery({ ...foundUsersQuery(api, term), enabled: start === null })
  const users = start === null ? (data?.data ?? []) : []
  const nothing = `Nothing burning now says “${term}”.`
  return (
    <>
      {users.length > 0 && (
        <section className="search" aria-labelledby="found-people">
          <h2 id="found-people">People</h2>
          <ul className="user-list">
            {users.slice(0, MAX_USERS).map((user) => (
              <ListedUserItem key={user.uuid} user={user} />
            ))}
          </ul>
          {users.length > MAX_USERS && <a href={paths.search({ term, in: 'people' })}>All people</a>}
        </section>
      )}
      <LiveFeed
        key={term}
        activities={items}
        viewer={viewer}
        label={`Cruds that say ${term}`}
        nextPath={pagination.cursor && paths.search({ term, cursor: pagination.cursor })}
        pagination={pagination}
        empty={
          users.length > 0 ? (
            <p className="search soft">{nothing}</p>
          ) : (
            <EmptyState>{nothing} Try another word.</EmptyState>
          )
        }
      />
    </>
  )
}
