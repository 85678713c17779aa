import { useEffect, useState } from 'react'
import { useApi, useViewer } from '../../app-context.tsx'
import { ApiError } from '../../net/api.ts'
import { registerServiceWorker } from '../../push/register-service-worker.ts'
import { isSubscribed, subscribe, unsubscribe } from '../../push/subscription.ts'
import { messageOfError } from '../../texts/failure-message.ts'
import { Button } from '../../ui/button/Button.tsx'
import { FormError } from '../../ui/form/FormError.tsx'
import { SavedNote } from './SavedNote.tsx'

/** iPhones and iPads push to sites on the home screen alone; only Safari there has `standalone`. */
const NEEDS_HOME_SCREEN = 'standalone' in navigator && !('PushManager' in window)
const IS_SUPPORTED = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window

/** Turns push notifications on and off in this browser. Asks for permission when the button is pressed, never before. */
export function PushSetting({ publicKey }: { publicKey: string }) {
  const api = useApi()
  const viewerUuid = useViewer()?.uuid ?? ''
  const [isOn, setOn] = useState<boolean>()
  const [isPending, setPending] = useState(false)
  const [failure, setFailure] = useState<string>()
  const [note, setNote] = useState('')

  useEffect(() => {
    if (!IS_SUPPORTED) return
    let isCurrent = true
    const readState = async () => {
      const registration = await registerServiceWorker()
      const found = await isSubscribed(registration, viewerUuid)
      if (isCurrent) setOn(found)
      // The site may have lost the subscription, or know it for an earlier session.
      if (found) await subscribe(api, registration, publicKey, viewerUuid)
    }
    readState().catch((error: unknown) => isCurrent && setFailure(pushFailure(error)))
    return () => {
      isCurrent = false
    }
  }, [api, publicKey, viewerUuid])

  if (NEEDS_HOME_SCREEN)
    return (
      <p>Add Cruddur to your home screen first: press Share, then “Add to Home Screen”. Then open it from there.</p>
    )
  if (!IS_SUPPORTED) return <p>This browser can’t show them.</p>

  if (isOn === undefined && !failure) return null

  const toggle = async () => {
    setPending(true)
    setFailure(undefined)
    setNote('')
    try {
      const registration = await registerServiceWorker()
      if (isOn) {
        await unsubscribe(api, registration)
      } else {
        const permission = await Notification.requestPermission()
        if (permission !== 'granted') throw new NotAllowed(permission)
        await subscribe(api, registration, publicKey, viewerUuid)
      }
      setOn(!isOn)
      setNote(isOn ? 'Turned off.' : 'Turned on.')
    } catch (error) {
      setFailure(pushFailure(error))
    }
    setPending(false)
  }

  return (
    <>
      <FormError sentences={failure ? [failure] : []} />
      <p>{isOn ? 'On for this device.' : 'Off for this device.'}</p>
      <div className="buttons">
        <Button type="button" look={isOn ? 'quiet' : 'accent'} pending={isPending} onClick={toggle}>
          {isOn ? 'Turn off' : 'Turn on'}
        </Button>
        <SavedNote saved={note !== ''}>{note}</SavedNote>
      </div>
    </>
  )
}

/** The user has not allowed notifications: refused (`denied`), now or before, or not answered (`default`). */
class NotAllowed extends Error {
  readonly permission: NotificationPermission

  constructor(permission: NotificationPermission) {
    super('Notifications are not allowed')
    this.permission = permission
  }
}

function pushFailure(error: unknown): string {
  if (error instanceof ApiError) return messageOfError(error)
  if (error instanceof NotAllowed && error.permission === 'denied')
    return 'This browser blocks notifications from here. Allow them in its settings for this site, then turn them on.'
  if (error instanceof NotAllowed)
    return 'Nothing has changed: this browser has not been allowed to show notifications.'
  return 'This browser can’t reach its push service. Try again in a moment.'
}
