import { Form } from 'react-router'
import type { List } from '../../../worker/contract/list.ts'
import type { User } from '../../../worker/contract/user.ts'
import type { FormFailure } from '../../forms/form.ts'
import { paths } from '../../routing/paths.ts'
import { formErrors } from '../../texts/sentences.ts'
import { Button } from '../../ui/button/Button.tsx'
import { FormError } from '../../ui/form/FormError.tsx'
import { PageLink } from '../../ui/PageLink.tsx'
import { UserRow } from '../user/UserRow.tsx'
import { SavedNote } from './SavedNote.tsx'

type TurnedAwayProps<Person extends User> = {
  people: List<Person>
  /** What takes it back. */
  way: { intent: 'unblock' | 'unmute'; verb: string; done: string }
  /** Said when there is nobody. */
  nobody: string
  /** Said of each. */
  note?: (person: Person) => string | null
  /** Where the list goes on from a cursor. */
  further: (cursor: string) => string
  failure: FormFailure | undefined
  /** Whose form is on its way: a handle. */
  pending: string | undefined
  saved: boolean
}

/** People whom one has blocked or muted, each with the way back. */
export function BlockedAndMuted<Person extends User>(props: TurnedAwayProps<Person>) {
  const { people, way, nobody, note, further, failure, pending, saved } = props
  const { data, next_cursor } = people
  return (
    <>
      <FormError sentences={formErrors(failure?.errors, [])} />
      <SavedNote saved={saved}>{way.done}</SavedNote>
      {data.length === 0 && !saved && <p className="soft">{nobody}</p>}
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
                  value={way.intent}
                  pending={pending === person.handle}
                  aria-label={`${way.verb} @${person.handle}`}
                >
                  {way.verb}
                </Button>
              </Form>
            }
          />
        ))}
      </ul>
      {next_cursor && (
        <PageLink className="more" to={further(next_cursor)} rel="next">
          More people
        </PageLink>
      )}
    </>
  )
}
