import { type CSSProperties, type KeyboardEvent, type PointerEvent, type RefObject, useRef } from 'react'
import { type Crop, imagePosition, moveCrop, type Size, ZOOM_MAX, zoomCrop } from './crop.ts'

/** Distance per press of an arrow key, as a fraction of the frame. */
const STEP = 0.04
const ARROWS: Record<string, [right: number, down: number]> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
}

type AvatarCropProps = {
  src: string
  image: RefObject<HTMLImageElement | null>
  /** Known once the image has loaded. */
  size: Size | null
  crop: Crop
  onCrop: (crop: Crop) => void
  onSize: (size: Size) => void
  onUnreadable: () => void
}

/** The chosen image in a square frame: moved by dragging or with the arrow keys, zoomed with a slider. */
export function AvatarCrop({ src, image, size, crop, onCrop, onSize, onUnreadable }: AvatarCropProps) {
  /** The pointer's last position. */
  const pointer = useRef({ x: 0, y: 0 })
  const onPointerDown = ({ currentTarget, pointerId, clientX, clientY }: PointerEvent) => {
    currentTarget.setPointerCapture(pointerId)
    pointer.current = { x: clientX, y: clientY }
  }
  const onPointerMove = ({ currentTarget: frame, pointerId, clientX, clientY }: PointerEvent) => {
    if (!size || !frame.hasPointerCapture(pointerId)) return
    const { x, y } = pointer.current
    pointer.current = { x: clientX, y: clientY }
    onCrop(moveCrop(size, crop, (clientX - x) / frame.clientWidth, (clientY - y) / frame.clientHeight))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const [right, down] = ARROWS[event.key] ?? []
    if (!size || right === undefined || down === undefined) return
    event.preventDefault()
    onCrop(moveCrop(size, crop, right, down))
  }
  const { left, top, width } = size ? imagePosition(size, crop) : { left: 0, top: 0, width: 1 }
  return (
    <div className="crop">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset has no draggable content */}
      <div
        className="frame"
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move the image
        tabIndex={0}
        aria-label="Your picture. Drag it, or use the arrow keys, to choose what shows."
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onKeyDown={onKeyDown}
      >
        <img
          ref={image}
          src={src}
          alt=""
          draggable={false}
          style={{ '--left': left, '--top': top, '--width': width } as CSSProperties}
          onLoad={({ currentTarget }) => {
            onSize({ width: currentTarget.naturalWidth, height: currentTarget.naturalHeight })
            // The element keeps the decoded image.
            URL.revokeObjectURL(src)
          }}
          onError={onUnreadable}
        />
      </div>
      <label>
        Zoom
        <input
          type="range"
          min={1}
          max={ZOOM_MAX}
          step={0.05}
          value={crop.zoom}
          onChange={({ target }) => size && onCrop(zoomCrop(size, crop, Number(target.value)))}
        />
      </label>
    </div>
  )
}
