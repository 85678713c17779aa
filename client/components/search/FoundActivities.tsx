import { useQuery } from '@tanstack/react-query'
import type { User } from '../../../worker/contract/user.ts'
import { useApi } from '../../app-context.tsx'
import { searchQuery } from '../../queries/search.ts'
import { foundUsersQuery } from '../../queries/suggested-users.ts'
import { useList } from '../../queries/use-list.ts'
import { paths } from '../../routing/paths.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { PageLink } from '../../ui/PageLink.tsx'
import { LiveFeed } from '../activity/feed/LiveFeed.tsx'
import { ListedUserItem } from '../user/ListedUserItem.tsx'

/** So many people stand above the cruds. */
const PEOPLE = 3

type FoundCrudsProps = { term: string; start: string | null; viewer: User | null }

/** Cruds that say the term; above the first of them the people who come closest to it. */
export function FoundActivities({ term, start, viewer }: FoundCrudsProps) {
  const api = useApi()
  const { items, further } = useList(searchQuery(api, term, start))
  const found = useQuery({ ...foundUsersQuery(api, term), enabled: start === null })
  const people = start === null ? (found.data?.data ?? []) : []
  return (
    <>
      {people.length > 0 && (
        <section className="search" aria-labelledby="found-people">
          <h2 id="found-people">People</h2>
          <ul className="people">
            {people.slice(0, PEOPLE).map((user) => (
              <ListedUserItem key={user.uuid} user={user} />
            ))}
          </ul>
          {people.length > PEOPLE && <PageLink to={paths.search({ term, in: 'people' })}>All people</PageLink>}
        </section>
      )}
      <LiveFeed
        key={term}
        activities={items}
        viewer={viewer}
        label={`Cruds that say ${term}`}
        next={further.cursor && paths.search({ term, cursor: further.cursor })}
        further={further}
        empty={<EmptyState>{`Nothing that burns now says “${term}”. Try another word.`}</EmptyState>}
      />
    </>
  )
}
