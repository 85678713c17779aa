import { Form } from 'react-router'
import type { List } from '../../../worker/contract/list.ts'
import type { User } from '../../../worker/contract/user.ts'
import { paths } from '../../routing/paths.ts'
import { formErrors } from '../../texts/sentences.ts'
import { Button } from '../../ui/button/Button.tsx'
import { FormError } from '../../ui/form/FormError.tsx'
import { PageLink } from '../../ui/PageLink.tsx'
import { UserRow } from '../user/UserRow.tsx'
import { SavedNote } from './SavedNote.tsx'
import type { FormState } from './SettingsForm.tsx'

type BlockedAndMutedProps<Person extends User> = FormState & {
  people: List<Person>
  /** The button that undoes it. */
  undo: { intent: 'unblock' | 'unmute'; verb: string; done: string }
  /** In place of a list with nobody in it. */
  empty: string
  /** Beside each person. */
  note?: (person: Person) => string | null
  /** The page of the list that begins at a cursor. */
  pageAt: (cursor: string) => string
}

/** People whom the viewer has blocked or muted, each with a button that undoes it. */
export function BlockedAndMuted<Person extends User>(props: BlockedAndMutedProps<Person>) {
  const { people, undo, empty, note, pageAt, failure, pending, saved } = props
  const { data, next_cursor } = people
  return (
    <>
      <FormError sentences={formErrors(failure?.errors, [])} />
      <SavedNote saved={saved}>{undo.done}</SavedNote>
      {data.length === 0 && !saved && <p className="soft">{empty}</p>}
      <ul className="people">
        {data.map((person) => (
          <UserRow
            key={person.uuid}
            user={person}
            action={
              <Form method="post" action={paths.settings()} className="buttons" preventScrollReset>
                <span className="soft">{note?.(person)}</span>
                <input type="hidden" name="handle" value={person.handle} />
                <Button
                  look="quiet"
                  small
                  name="intent"
                  value={undo.intent}
                  pending={pending?.get('handle') === person.handle}
                  aria-label={`${undo.verb} @${person.handle}`}
                >
                  {undo.verb}
                </Button>
              </Form>
            }
          />
        ))}
      </ul>
      {next_cursor && (
        <PageLink className="more" to={pageAt(next_cursor)} rel="next">
          More people
        </PageLink>
      )}
    </>
  )
}
