import { type KeyboardEvent, type PointerEvent, useId } from 'react'
import { countGraphemes } from '../../../../worker/contract/graphemes.ts'
import { ALT_MAX } from '../../../../worker/contract/limits.ts'
import { Button } from '../../../ui/button/Button.tsx'
import { ErrorText } from '../../../ui/form/ErrorText.tsx'
import { ImageTool } from './ImageTool.tsx'
import { IMAGE_TYPES } from './image-sentence.ts'
import { startDrag } from './start-drag.ts'
import { canRetry, type Upload } from './uploads.ts'

type ImageItemProps = {
  upload: Upload
  /** Position in the list, from 1, and the list's length. */
  position: number
  count: number
  /** Why the image cannot be sent. */
  error: string | undefined
  hintId: string
  onDescribe: (alt: string) => void
  onMove: (to: number) => void
  onRemove: () => void
  /** Uploads the image again, or another file instead. */
  onRetry: (file?: File) => void
}

/** The counter is shown once this many characters or fewer are left. */
const COUNTER_SHOWN_AT = 100

/** An image that is added to an activity: preview, progress, alt text, and buttons to move, retry and remove it. */
export function ImageItem({ upload, position, count, error, hintId, ...on }: ImageItemProps) {
  const id = useId()
  const { alt, sent } = upload
  const left = ALT_MAX - countGraphemes(alt)

  const moveByKey = (event: KeyboardEvent) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (!event.altKey || !step) return
    event.preventDefault()
    on.onMove(position - 1 + step)
  }
  const moveByPointer = ({ button, pointerId, currentTarget }: PointerEvent) => {
    const item = currentTarget.closest('li')
    if (button === 0 && item && count > 1) startDrag(item, pointerId, on.onMove)
  }

  return (
    <li className="image-item" data-image={upload.id} onKeyDown={moveByKey}>
      <span className="image-preview" onPointerDown={moveByPointer}>
        <img
          key={upload.src}
          src={upload.src}
          alt=""
          draggable={false}
          onError={({ currentTarget }) => showUploaded(currentTarget, upload)}
        />
        {sent !== undefined && (
          <progress aria-label={`Uploading picture ${position}`} {...(sent < 1 && { value: sent })} />
        )}
      </span>
      <div className="field">
        <label htmlFor={id}>Picture {position}</label>
        <textarea
          id={id}
          rows={1}
          dir="auto"
          aria-label={`Description of picture ${position}`}
          placeholder="What does it show?"
          value={alt}
          aria-invalid={error ? true : undefined}
          aria-describedby={[error && `${id}-error`, hintId].filter(Boolean).join(' ')}
          onChange={({ target }) => on.onDescribe(target.value)}
        />
        {left <= COUNTER_SHOWN_AT && (
          <span className={left < 0 ? 'char-count over-limit' : 'char-count'}>
            {left < 0 ? `${-left} over` : `${left} left`}
          </span>
        )}
        {error && <ErrorText id={`${id}-error`}>{error}</ErrorText>}
        {upload.error && <RetryControl upload={upload} position={position} onRetry={on.onRetry} />}
      </div>
      <div className="image-tools">
        {count > 1 && (
          <>
            <ImageTool kind="up" position={position} isOff={position === 1} onClick={() => on.onMove(position - 2)} />
            <ImageTool kind="down" position={position} isOff={position === count} onClick={() => on.onMove(position)} />
          </>
        )}
        <ImageTool kind="remove" position={position} onClick={on.onRemove} />
      </div>
    </li>
  )
}

/** Shows the uploaded image where the browser cannot show its file; nothing where it is not uploaded. */
function showUploaded(preview: HTMLImageElement, { image }: Upload): void {
  if (image && !preview.src.endsWith(image.url)) preview.src = image.url
  else preview.hidden = true
}

/** Sends the file again, or lets the user choose another where that is of no use. */
function RetryControl({ upload, position, onRetry }: Pick<ImageItemProps, 'upload' | 'position' | 'onRetry'>) {
  if (canRetry(upload)) {
    return (
      <Button
        look="quiet"
        small
        type="button"
        className="image-retry"
        aria-label={`Try again, picture ${position}`}
        onClick={() => onRetry()}
      >
        Try again
      </Button>
    )
  }
  return (
    <label className="button quiet small image-retry">
      <input
        type="file"
        className="visually-hidden"
        aria-label={`Choose again, picture ${position}`}
        accept={IMAGE_TYPES}
        onChange={({ target }) => onRetry(target.files?.[0])}
      />
      Choose again
    </label>
  )
}
