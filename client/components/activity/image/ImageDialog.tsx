import { type KeyboardEvent, type MouseEvent, useLayoutEffect, useRef, useState } from 'react'
import type { Activity } from '../../../../worker/contract/activity.ts'
import { useExpiry } from '../../../time/clock.tsx'
import { Button } from '../../../ui/button/Button.tsx'
import { icon } from '../../../ui/icon/icon.tsx'
import { useBackToClose } from '../../../ui/use-back-to-close.ts'
import { trapTab } from '../../keyboard/trap-tab.ts'
import { fuse } from '../card/fuse.tsx'
import { useFuse } from '../card/fuse-times.ts'
import { TimeLeft } from '../card/TimeLeft.tsx'
import { ImageRow } from './ImageRow.tsx'

export type ImageDialogProps = {
  activity: Activity
  /** Index of the image to show first. */
  initialIndex: number
  onClose: () => void
}

/** Directions of the arrow keys. */
const ARROWS: Record<string, readonly [x: number, y: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}
/** How far an arrow key moves a zoomed image, in px. */
const PAN_PX = 80

/**
 * The images of an activity over the whole window, with its fuse. Escape, Back and the expiry close it; the browser returns the focus
 * to the link that opened it.
 */
export function ImageDialog({ activity, initialIndex, onClose }: ImageDialogProps) {
  const { images, expires_at } = activity
  const dialog = useRef<HTMLDialogElement>(null)
  const row = useRef<HTMLUListElement>(null)
  const [index, setIndex] = useState(initialIndex)
  const [zoomed, setZoomed] = useState(false)
  const { style, initialSecondsLeft } = useFuse(activity)
  const hasSeveral = images.length > 1

  const scrollTo = (next: number) =>
    row.current?.scrollTo({ left: next * row.current.clientWidth, behavior: 'instant' })
  const show = (next: number) => {
    setIndex(next)
    setZoomed(false)
  }
  useLayoutEffect(() => {
    dialog.current?.showModal()
    row.current?.scrollTo({ left: initialIndex * row.current.clientWidth, behavior: 'instant' })
  }, [initialIndex])
  useExpiry([expires_at], () => dialog.current?.close())
  useBackToClose(dialog)

  const onKeyDown = (event: KeyboardEvent<HTMLDialogElement>) => {
    trapTab(event)
    const [x, y] = ARROWS[event.key] ?? [0, 0]
    if (x === 0 && y === 0) return
    event.preventDefault()
    if (zoomed) row.current?.children[index]?.scrollBy(x * PAN_PX, y * PAN_PX)
    else if (x !== 0) scrollTo(index + x)
  }
  const onClick = ({ target }: MouseEvent) => {
    if (target instanceof HTMLImageElement) setZoomed(!zoomed)
    // A click beside the image.
    else if (target instanceof HTMLLIElement) dialog.current?.close()
  }

  return (
    <dialog
      ref={dialog}
      className="image-dialog"
      aria-label="Pictures"
      onClose={onClose}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <div className="fuse-ticks">
        <div className="activity" style={style}>
          {fuse}
          <div className="image-frame">
            <div className="image-bar">
              <Button look="quiet" small type="button" onClick={() => dialog.current?.close()}>
                Close
              </Button>
              <TimeLeft seconds={initialSecondsLeft} />
              <Button look="quiet" small type="button" aria-pressed={zoomed} onClick={() => setZoomed(!zoomed)}>
                Zoom
              </Button>
            </div>
            <ImageRow ref={row} images={images} index={index} zoomed={zoomed} onShow={show} />
            <div className="image-foot">
              {hasSeveral && (
                <button
                  type="button"
                  className="image-step"
                  aria-label="Previous picture"
                  aria-disabled={index === 0}
                  onClick={() => scrollTo(index - 1)}
                >
                  {icon('back')}
                </button>
              )}
              <p aria-live="polite" dir="auto">
                {hasSeveral && <b>{`${index + 1} of ${images.length} `}</b>}
                {images[index]?.alt || 'No description'}
              </p>
              {hasSeveral && (
                <button
                  type="button"
                  className="image-step next"
                  aria-label="Next picture"
                  aria-disabled={index === images.length - 1}
                  onClick={() => scrollTo(index + 1)}
                >
                  {icon('back')}
                </button>
              )}
            </div>
          </div>
        </div>
      </div>
    </dialog>
  )
}
