import { useEffect, useId, useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { IMAGES_MAX } from '../../../../worker/contract/limits.ts'
import { useExpiry } from '../../../time/clock.tsx'
import { announce } from '../../a11y/announce.ts'
import { AltHint, useAltRequired } from './AltHint.tsx'
import { ImageItem } from './ImageItem.tsx'
import type { ImagePickerProps } from './image-picker-props.ts'
import { altErrorOf, altProblem, attachErrorIn } from './image-problems.ts'
import { imageSentence } from './image-sentence.ts'
import { deadlineOf, type Upload, uploadsAt } from './uploads.ts'
import { useHeldSubmission } from './use-held-submission.ts'
import { useImagesField } from './use-images-field.ts'

/** Adds files to the form whose draft is stored under `path`, and uploads them. */
export function addImages(path: string, files: readonly File[]): void {
  if (files.length > 0) uploadsAt(path).add(files)
}

/** The images of a form, with what is wrong with each. Holds back the form's submission until they are uploaded. */
export function ImageUploads({ imagesField, path, errors }: ImagePickerProps) {
  const uploads = uploadsAt(path)
  const list = useSyncExternalStore(uploads.subscribe, uploads.list, uploads.list)
  const hintId = useId()
  const panel = useRef<HTMLDivElement>(null)
  /** Gets the focus after the next rendering. */
  const nextFocus = useRef<HTMLElement | null>(null)
  const isAltRequired = useAltRequired()
  const problemOf = (upload: Upload) => upload.error ?? altProblem(upload, isAltRequired)
  const itemOf = ({ id }: Upload) => panel.current?.querySelector(`[data-image="${id}"]`)

  useImagesField(imagesField, uploads)
  const { isWaiting, areProblemsShown } = useHeldSubmission({
    imagesField,
    isUploading: list.some(({ sent }) => sent !== undefined),
    hasProblem: list.length > IMAGES_MAX || list.some(problemOf),
    onProblem: () => {
      const upload = list.find(problemOf)
      const control = upload?.error ? 'button.image-retry, .image-retry input' : 'textarea'
      if (upload) itemOf(upload)?.querySelector<HTMLElement>(control)?.focus()
    },
  })
  useExpiry(
    list.flatMap(({ image }) => (image ? new Date(deadlineOf(image)).toISOString() : [])),
    (now) => uploads.markUnattachable('image_unknown', (image) => deadlineOf(image) <= now),
  )
  useEffect(() => {
    const error = attachErrorIn(errors)
    if (error) uploads.markUnattachable(error, () => true)
  }, [errors, uploads])
  useLayoutEffect(() => {
    nextFocus.current?.focus()
    nextFocus.current = null
  })

  const move = (upload: Upload, to: number) => {
    if (to < 0 || to >= list.length) return
    // An element that moves in the document loses the focus.
    if (document.activeElement instanceof HTMLElement) nextFocus.current = document.activeElement
    uploads.move(upload, to)
    announce(`Picture ${to + 1} of ${list.length}.`)
  }
  const remove = (upload: Upload, position: number) => {
    const item = itemOf(upload)
    const neighbour = item?.nextElementSibling ?? item?.previousElementSibling
    nextFocus.current =
      neighbour?.querySelector<HTMLElement>('.image-tools > :last-child') ??
      imagesField.current?.form?.querySelector<HTMLElement>('.image-button input') ??
      null
    uploads.remove(upload)
    announce(`Picture ${position} removed.`)
  }

  return (
    <div className="image-panel" ref={panel}>
      {list.length > 0 && (
        <ol aria-label="Pictures">
          {list.map((upload, i) => {
            const problem =
              upload.error ?? (areProblemsShown ? altProblem(upload, isAltRequired) : altErrorOf(errors, i))
            return (
              <ImageItem
                key={upload.id}
                upload={upload}
                position={i + 1}
                count={list.length}
                error={problem && imageSentence(problem)}
                hintId={hintId}
                onDescribe={(alt) => uploads.describe(upload, alt)}
                onMove={(to) => move(upload, to)}
                onRemove={() => remove(upload, i + 1)}
                onRetry={(file) => uploads.retry(upload, file)}
              />
            )
          })}
        </ol>
      )}
      <p className="hint" role="status">
        {isWaiting ? 'It goes out as soon as the pictures are uploaded.' : statusOf(list, uploads.leftOutCount)}
      </p>
      {list.length > 0 && <AltHint id={hintId} />}
    </div>
  )
}

/** Says how many pictures are too many, or were left out; '' if none. */
function statusOf(list: readonly Upload[], leftOutCount: number): string {
  if (list.length > IMAGES_MAX) return `Only ${IMAGES_MAX} pictures fit. Please remove ${list.length - IMAGES_MAX}.`
  if (leftOutCount === 0) return ''
  return `Only ${IMAGES_MAX} pictures fit, so ${leftOutCount === 1 ? 'one was' : `${leftOutCount} were`} left out.`
}
