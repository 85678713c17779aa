import { Form } from 'react-router'
import type { List } from '../../../worker/contract/list.ts'
import type { User } from '../../../worker/contract/user.ts'
import { paths } from '../../routing/paths.ts'
import { formErrors } from '../../texts/form-errors.ts'
import { Button } from '../../ui/button/Button.tsx'
import { FormError } from '../../ui/form/FormError.tsx'
import { UserRow } from '../user/UserRow.tsx'
import { SavedNote } from './SavedNote.tsx'
import type { FormState } from './SettingsForm.tsx'

type BlockedAndMutedProps<ListedUser extends User> = FormState & {
  users: List<ListedUser>
  /** The button that unblocks or unmutes, and the note after it. */
  undo: { intent: 'unblock' | 'unmute'; verb: string; done: string }
  /** Shown instead of an empty list. */
  empty: string
  /** Note beside a user. */
  note?: (user: ListedUser) => string | null
  /** Returns the path of the list's page at a cursor. */
  pathAt: (cursor: string) => string
}

/** List of blocked or muted users, each with a button that unblocks or unmutes them. */
export function BlockedAndMuted<ListedUser extends User>(props: BlockedAndMutedProps<ListedUser>) {
  const { users, undo, empty, note, pathAt, failure, pending, saved } = props
  const { data, next_cursor } = users
  return (
    <>
      <FormError sentences={formErrors(failure?.errors, [])} />
      <SavedNote saved={saved}>{undo.done}</SavedNote>
      {data.length === 0 && !saved && <p className="soft">{empty}</p>}
      <ul className="user-list">
        {data.map((user) => (
          <UserRow
            key={user.uuid}
            user={user}
            action={
              <Form method="post" action={paths.settings()} className="buttons" preventScrollReset>
                <span className="soft">{note?.(user)}</span>
                <input type="hidden" name="handle" value={user.handle} />
                <Button
                  look="quiet"
                  small
                  name="intent"
                  value={undo.intent}
                  pending={pending?.get('handle') === user.handle}
                  aria-label={`${undo.verb} @${user.handle}`}
                >
                  {undo.verb}
                </Button>
              </Form>
            }
          />
        ))}
      </ul>
      {next_cursor && (
        <a className="more-link" href={pathAt(next_cursor)} rel="next">
          More people
        </a>
      )}
    </>
  )
}
