import { type ChangeEvent, type SubmitEvent, useRef, useState } from 'react'
import { Form, useFetcher } from 'react-router'
import type { ErrorCode, ErrorItem } from '../../../worker/contract/error.ts'
import type { User } from '../../../worker/contract/user.ts'
import { type FormFailure, failureIn } from '../../forms/form.ts'
import { useHasScript } from '../../has-script.tsx'
import { paths } from '../../routing/paths.ts'
import { tryLoadErrorMessages } from '../../texts/lazy-error-messages.ts'
import { Button } from '../../ui/button/Button.tsx'
import { SavedNote } from '../settings/SavedNote.tsx'
import { Avatar } from './Avatar.tsx'
import { AvatarCrop } from './AvatarCrop.tsx'
import { AvatarField } from './AvatarField.tsx'
import { avatarFileError } from './avatar-file-error.ts'
import { type Crop, INITIAL_CROP, type Size } from './crop.ts'
import { cropToBlob } from './crop-to-blob.ts'

type AvatarFormProps = { user: User; failure: FormFailure | undefined; saved: boolean }

/** The chosen file, before it is uploaded. */
type Chosen = { file: File; src: string; size: Size | null; crop: Crop }

/** Form for the viewer's avatar: choose, crop (with script) and upload an image, or remove the avatar. */
export function AvatarForm({ user, failure, saved }: AvatarFormProps) {
  const fetcher = useFetcher()
  const scripted = useHasScript()
  const form = useRef<HTMLFormElement>(null)
  const image = useRef<HTMLImageElement>(null)
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const pending = fetcher.state !== 'idle'
  const lastFailure = failureIn(fetcher.data) ?? failure
  // Choosing another file dismisses the errors of the one before.
  const [dismissedFailure, setDismissedFailure] = useState<FormFailure>()
  const [fileErrors, setFileErrors] = useState<readonly ErrorItem[]>()
  const errors = fileErrors ?? (lastFailure !== dismissedFailure ? lastFailure?.errors : undefined)

  const choose = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0]
    setDismissedFailure(lastFailure)
    setFileErrors(undefined)
    setChosen(null)
    if (!file) return
    const code = await avatarFileError(file)
    // Another file was chosen meanwhile.
    if (target.files?.[0] !== file) return
    if (code) await refuse(code)
    else setChosen({ file, src: URL.createObjectURL(file), size: null, crop: INITIAL_CROP })
  }
  const refuse = async (code: ErrorCode) => {
    await tryLoadErrorMessages()
    setFileErrors([{ code, field: 'avatar' }])
    setChosen(null)
  }
  const cancel = () => {
    form.current?.reset()
    setChosen(null)
  }
  const submit = async (event: SubmitEvent) => {
    if (!chosen) return
    event.preventDefault()
    const { file, size, crop } = chosen
    const square = image.current && size && (await cropToBlob(image.current, size, crop))
    const body = new FormData()
    body.set('avatar', square ?? file, 'avatar')
    await fetcher.submit(body, { method: 'post', action: paths.avatar(), encType: 'multipart/form-data' })
  }

  return (
    <div className="avatar-form">
      {chosen ? (
        <AvatarCrop
          key={chosen.src}
          {...chosen}
          image={image}
          onCrop={(crop) => setChosen({ ...chosen, crop })}
          onSize={(size) => setChosen({ ...chosen, size })}
          onUnreadable={() => void refuse('avatar_damaged')}
        />
      ) : (
        <Avatar user={user} size="large" />
      )}
      <Form
        ref={form}
        className="form"
        method="post"
        action={paths.avatar()}
        encType="multipart/form-data"
        onSubmit={submit}
      >
        <AvatarField errors={errors} onChange={choose} />
        {pending && <progress aria-label="Sending your picture" />}
        <div className="buttons">
          {(chosen || !scripted) && <Button pending={pending}>Use this picture</Button>}
          {chosen && !pending && (
            <Button look="quiet" type="button" onClick={cancel}>
              Cancel
            </Button>
          )}
          <SavedNote saved={saved && !chosen} />
        </div>
      </Form>
      {user.avatar_url && !chosen && (
        <fetcher.Form method="post" action={paths.avatar()}>
          <Button look="quiet" small name="intent" value="remove" pending={pending}>
            Remove picture
          </Button>
        </fetcher.Form>
      )}
    </div>
  )
}
