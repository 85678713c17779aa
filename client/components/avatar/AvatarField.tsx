import { type ChangeEventHandler, useId } from 'react'
import type { ErrorItem } from '../../../worker/contract/error.ts'
import { AVATAR_MAX_BYTES } from '../../../worker/contract/limits.ts'
import { errorMessage } from '../../texts/lazy-error-messages.ts'
import { ErrorText } from '../../ui/form/ErrorText.tsx'

const MEGABYTES = AVATAR_MAX_BYTES / 1_048_576

type AvatarFieldProps = {
  errors: readonly ErrorItem[] | undefined
  onChange: ChangeEventHandler<HTMLInputElement>
}

/** File input for an avatar. Sends `avatar`. */
export function AvatarField({ errors, onChange }: AvatarFieldProps) {
  const id = useId()
  const [item] = errors ?? []
  return (
    <div className="field">
      <label htmlFor={id}>Choose a picture</label>
      <input
        id={id}
        type="file"
        name="avatar"
        accept="image/png,image/jpeg,image/webp,image/gif"
        required
        aria-invalid={item ? true : undefined}
        aria-describedby={[item && `${id}-error`, `${id}-hint`].filter(Boolean).join(' ')}
        onChange={onChange}
      />
      {item && (
        <ErrorText id={`${id}-error`}>
          {item.code === 'body_too_large'
            ? `This picture is larger than ${MEGABYTES} MB. Please try a smaller one.`
            : errorMessage(item.code)}
        </ErrorText>
      )}
      <p className="hint" id={`${id}-hint`}>
        PNG, JPEG, WebP or GIF, up to {MEGABYTES} MB.
      </p>
    </div>
  )
}
