import { Form } from 'react-router'
import type { List } from '../../../worker/contract/list.ts'
import type { User } from '../../../worker/contract/user.ts'
import { paths } from '../../lib/paths.ts'
import { Button } from '../../ui/Button.tsx'
import { PageLink } from '../../ui/PageLink.tsx'
import { PersonRow } from '../user/PersonRow.tsx'
import { SavedNote } from './SavedNote.tsx'

type BlockedPeopleProps = {
  people: List<User>
  /** Whose form is on its way: a handle. */
  pending: string | undefined
  saved: boolean
}

/** People whom one blocked, each with the way back. */
export function BlockedPeople({ people: { data, next_cursor }, pending, saved }: BlockedPeopleProps) {
  return (
    <>
      <SavedNote saved={saved}>Unblocked.</SavedNote>
      {data.length === 0 && !saved && <p className="soft">You have blocked nobody.</p>}
      <ul className="people">
        {data.map((user) => (
          <PersonRow
            key={user.uuid}
            user={user}
            action={
              <Form method="post" action={paths.settings()} preventScrollReset>
                <input type="hidden" name="intent" value="unblock" />
                <input type="hidden" name="handle" value={user.handle} />
                <Button look="quiet" small pending={pending === user.handle} aria-label={`Unblock @${user.handle}`}>
                  Unblock
                </Button>
              </Form>
            }
          />
        ))}
      </ul>
      {next_cursor && (
        <PageLink className="more" to={`${paths.settings({ blocked: next_cursor })}#blocked`} rel="next">
          More people
        </PageLink>
      )}
    </>
  )
}
