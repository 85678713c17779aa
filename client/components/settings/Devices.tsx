import { Form } from 'react-router'
import type { Device } from '../../../worker/contract/device.ts'
import type { List } from '../../../worker/contract/list.ts'
import { useHasScript } from '../../has-script.tsx'
import { paths } from '../../routing/paths.ts'
import { formErrors } from '../../texts/form-errors.ts'
import { useMountedAt } from '../../time/clock.tsx'
import { type TimeStyle, UTC } from '../../time/date-format.ts'
import { clockTime, dayOf } from '../../time/dates.ts'
import { Button } from '../../ui/button/Button.tsx'
import { FormError } from '../../ui/form/FormError.tsx'
import { SavedNote } from './SavedNote.tsx'
import type { FormState } from './SettingsForm.tsx'

/** Devices where the viewer is signed in, each with a sign-out button. Times are in UTC, with script in the viewer's zone. */
export function Devices({ devices, failure, pending, saved }: FormState & { devices: List<Device> }) {
  const style = useHasScript() ? {} : UTC
  const now = new Date(useMountedAt()).toISOString()
  const dayName = (at: string, dayStyle: TimeStyle) => {
    const day = dayOf(at, dayStyle)
    return day === dayOf(now, dayStyle) ? 'today' : day
  }
  const { data, next_cursor } = devices
  const hasOthers = next_cursor !== null || data.some(({ current }) => !current)
  return (
    <>
      <FormError sentences={formErrors(failure?.errors, [])} />
      <SavedNote saved={saved}>Signed out there.</SavedNote>
      <ul className="devices">
        {data.map((device) => {
          const { uuid, browser, created_at, last_seen_on, current } = device
          // The time tells two browsers of the same kind apart.
          const since = `${dayName(created_at, style)}, ${clockTime(created_at, style)}`
          return (
            <li key={uuid}>
              <span className="device">
                <b>{browser}</b>
                <span className="soft">
                  Signed in <time dateTime={created_at}>{since}</time>
                  {!current && (
                    <>
                      {' '}
                      · last seen {/* A date without a time has no zone to convert from. */}
                      <time dateTime={last_seen_on}>{dayName(last_seen_on, { ...style, timeZone: 'UTC' })}</time>
                    </>
                  )}
                </span>
              </span>
              {current ? (
                <b>This device</b>
              ) : (
                <Form method="post" action={paths.settings()} preventScrollReset>
                  <input type="hidden" name="device" value={uuid} />
                  <Button
                    look="quiet"
                    small
                    name="intent"
                    value="end-device"
                    pending={pending?.get('device') === uuid}
                    aria-label={`Sign out ${browser}, since ${since}`}
                  >
                    Sign out
                  </Button>
                </Form>
              )}
            </li>
          )
        })}
      </ul>
      {next_cursor && (
        <a className="more-link" href={`${paths.settings({ devices: next_cursor })}#devices`} rel="next">
          More of them
        </a>
      )}
      {hasOthers && (
        <Form method="post" action={paths.settings()} className="buttons" preventScrollReset>
          <Button look="quiet" name="intent" value="end-others" pending={pending?.get('intent') === 'end-others'}>
            Sign out everywhere else
          </Button>
        </Form>
      )}
    </>
  )
}
