import type { User } from '../../../../worker/contract/user.ts'
import { Avatar } from '../../avatar/Avatar.tsx'

type UserOptionsProps = {
  id: string
  users: readonly User[]
  chosen: User | undefined
  onPick: (user: User) => void
}

/** List of users to pick from, below the text box, which keeps the focus. */
export function UserOptions({ id, users, chosen, onPick }: UserOptionsProps) {
  const isOpen = users.length > 0
  return (
    <>
      {isOpen && (
        <div className="user-options" role="listbox" id={id} aria-label="People">
          {users.map((user) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the text box has the focus and handles the keys
            <div
              key={user.uuid}
              className="user-row"
              role="option"
              id={`${id}-${user.handle}`}
              aria-selected={user === chosen}
              tabIndex={-1}
              // The focus stays in the text box.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onPick(user)}
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
        {isOpen && `${users.length === 1 ? '1 person' : `${users.length} people`}, up and down to choose.`}
      </span>
    </>
  )
}
