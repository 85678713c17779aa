import type { FocusEvent, KeyboardEvent } from 'react'
import { Form, useLocation } from 'react-router'
import type { Profile } from '../../../worker/contract/user.ts'
import { paths } from '../../routing/paths.ts'
import { icon } from '../../ui/icon/icon.tsx'
import { MUTE_DURATIONS } from './mute-durations.ts'

/** Menu on another user's profile: circle, follower, mute and block. Opens without script; each item is a form or a link. */
export function ProfileMenu({ profile: { handle, viewer } }: { profile: Profile }) {
  const { pathname, search } = useLocation()
  const { muting = false, in_circle = false, followed_by = false } = viewer ?? {}
  return (
    // A new key closes the menu after a change.
    <details className="menu" key={`${muting} ${in_circle}`} onBlur={closeWhenLeft} onKeyDown={closeOnEscape}>
      <summary aria-label={`More about @${handle}`}>{icon('more')}</summary>
      <div className="menu-body" tabIndex={-1}>
        <Form method="post" action={paths.circle()} preventScrollReset>
          <input type="hidden" name="handle" value={handle} />
          <input type="hidden" name="next" value={pathname + search} />
          <button type="submit" name="on" value={String(!in_circle)}>
            {in_circle ? 'Remove from your circle' : 'Add to your circle'}
          </button>
        </Form>
        {followed_by && <a href={paths.removeFollower(handle)}>Remove follower</a>}
        <Form method="post" action={paths.mute(handle)}>
          <h2>Mute</h2>
          <p className="soft">Hides @{handle} from your feeds and notifications. They won’t be told.</p>
          {muting ? (
            <button type="submit" name="on" value="false">
              Unmute
            </button>
          ) : (
            MUTE_DURATIONS.map(({ seconds, words }) => (
              <button key={words} type="submit" name="seconds" value={seconds}>
                {words}
              </button>
            ))
          )}
        </Form>
        <a className="danger" href={paths.block(handle)}>
          Block @{handle}
        </a>
      </div>
    </details>
  )
}

function closeWhenLeft({ currentTarget, relatedTarget }: FocusEvent<HTMLDetailsElement>): void {
  if (!currentTarget.contains(relatedTarget)) currentTarget.open = false
}

function closeOnEscape({ key, currentTarget }: KeyboardEvent<HTMLDetailsElement>): void {
  if (key !== 'Escape' || !currentTarget.open) return
  currentTarget.open = false
  currentTarget.querySelector('summary')?.focus()
}
