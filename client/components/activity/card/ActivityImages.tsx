import type { CSSProperties } from 'react'
import type { Activity } from '../../../../worker/contract/activity.ts'
import type { Image } from '../../../../worker/contract/image.ts'
import { useSavesData } from '../../../net/saves-data.ts'
import { paths } from '../../../routing/paths.ts'
import { imageUuid } from '../image/image-uuid.ts'

type ActivityImagesProps = {
  activity: Activity
  /** The activity that its page is about: its first image loads at once, all others when they come near the screen. */
  focal: boolean
}

/** Height limit of a single image, in pixels. */
const MAX_HEIGHT = 510

/** Returns the style that reserves the place of a single image, which keeps its shape. */
const sizeOf = ({ width, height }: Image): CSSProperties => ({
  aspectRatio: `${width} / ${height}`,
  width: Math.min(width, Math.round((MAX_HEIGHT * width) / height)),
})

/**
 * Images of an activity in a grid. Each links to its page; with script it opens the dialog (ImageDialogOpener.tsx). Their size is known
 * before they load, so nothing moves. With Save-Data only the placeholders are shown, and the link loads the image.
 */
export function ActivityImages({ activity, focal }: ActivityImagesProps) {
  const { images, warning } = activity
  const savesData = useSavesData()
  return (
    <>
      <div className={images.length > 1 ? 'images many' : 'images'}>
        {images.map((image, index) => {
          const { url, width, height, alt, placeholder } = image
          const backgroundImage = `url(${placeholder})`
          return (
            <a
              key={imageUuid(image)}
              href={paths.image(activity, index + 1)}
              aria-label={savesData || alt ? undefined : 'Picture without a description'}
              style={images.length > 1 ? { backgroundImage } : { backgroundImage, ...sizeOf(image) }}
            >
              {savesData ? (
                <span>Show picture</span>
              ) : (
                <img
                  src={url}
                  width={width}
                  height={height}
                  alt={alt}
                  // Not behind a warning: that may stay closed.
                  loading={focal && index === 0 && warning === null ? 'eager' : 'lazy'}
                  decoding="async"
                />
              )}
            </a>
          )
        })}
      </div>
      <AltTexts images={images} />
    </>
  )
}

/** The alt texts of images, on request; nothing if none has one. */
function AltTexts({ images }: { images: Image[] }) {
  if (!images.some(({ alt }) => alt)) return null
  return (
    <details className="alt">
      <summary aria-label="Alt text">Alt</summary>
      <ol>
        {images.map((image) => (
          <li key={imageUuid(image)} dir="auto">
            {image.alt || 'No description'}
          </li>
        ))}
      </ol>
    </details>
  )
}
