import { type RefObject, useEffect, useLayoutEffect, useState } from 'react'
import type { Image } from '../../../../worker/contract/image.ts'
import { useSavesData } from '../../../net/saves-data.ts'
import { imageUuid } from './image-uuid.ts'

type ImageRowProps = {
  images: readonly Image[]
  /** Index of the image in view. */
  index: number
  /** The image in view is larger than the window, and scrolls. */
  zoomed: boolean
  /** Called with the index of an image that came into view. */
  onShow: (index: number) => void
  ref: RefObject<HTMLUListElement | null>
}

/** Images side by side, each as wide as the window. The row snaps to them, so that a swipe is a scroll. */
export function ImageRow({ images, index, zoomed, onShow, ref }: ImageRowProps) {
  const savesData = useSavesData()
  const [seen, setSeen] = useState<readonly number[]>([index])
  useEffect(() => setSeen((before) => (before.includes(index) ? before : [...before, index])), [index])
  useLayoutEffect(() => {
    const shown = ref.current?.children[index]
    // Scroll to the middle of the zoomed image.
    if (shown && zoomed)
      shown.scrollTo(shown.scrollWidth / 2 - shown.clientWidth / 2, shown.scrollHeight / 2 - shown.clientHeight / 2)
  }, [ref, index, zoomed])
  return (
    <ul
      ref={ref}
      className={zoomed ? 'image-row zoomed' : 'image-row'}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
      tabIndex={0}
      aria-label="Pictures"
      onScroll={({ currentTarget: { scrollLeft, clientWidth } }) => {
        const shown = Math.round(scrollLeft / clientWidth)
        if (shown !== index) onShow(shown)
      }}
    >
      {images.map((image, i) => (
        <li
          key={imageUuid(image)}
          className={i === index ? 'shown' : undefined}
          aria-hidden={i !== index}
          tabIndex={zoomed && i === index ? 0 : undefined}
          style={{ '--width': image.width, '--height': image.height } as object}
        >
          {/* Under Save-Data an image loads when it comes into view. */}
          {(!savesData || seen.includes(i)) && (
            <img
              src={image.url}
              width={image.width}
              height={image.height}
              alt={image.alt}
              style={{ backgroundImage: `url(${image.placeholder})` }}
              loading={i === index ? 'eager' : 'lazy'}
              decoding="async"
              draggable={false}
            />
          )}
        </li>
      ))}
    </ul>
  )
}
