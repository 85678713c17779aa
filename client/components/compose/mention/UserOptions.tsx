import type { User } from '../../../../worker/contract/user.ts'
import { Avatar } from '../../avatar/Avatar.tsx'

type PeopleOptionsProps = {
  id: string
  people: readonly User[]
  chosen: User | undefined
  onTake: (user: User) => void
}

/** People to pick from, under the text box that keeps the focus. */
export function UserOptions({ id, people, chosen, onTake }: PeopleOptionsProps) {
  const isOpen = people.length > 0
  return (
    <>
      {isOpen && (
        <div className="user-options" role="listbox" id={id} aria-label="People">
          {people.map((user) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the text box has the focus, and the keys
            <div
              key={user.uuid}
              className="user-row"
              role="option"
              id={`${id}-${user.handle}`}
              aria-selected={user === chosen}
              tabIndex={-1}
              // The focus stays in the text box.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onTake(user)}
            >
              <Avatar user={user} size="small" />
              <span className="user-line">
                <b dir="auto">{user.display_name}</b>
                <span>@{user.handle}</span>
              </span>
            </div>
          ))}
        </div>
      )}
      <span className="visually-hidden" role="status">
        {isOpen && `${people.length === 1 ? '1 person' : `${people.length} people`}, up and down to choose.`}
      </span>
    </>
  )
}
