import type { Image } from '../../../../worker/contract/image.ts'

type ActivityImagesProps = {
  images: Image[]
  /** The activity that its page is about: its first image loads at once, all others when they come near the screen. */
  focal: boolean
}

/** Height limit of a single image, in pixels. */
const MAX_HEIGHT = 510

/** Reserves the place of a single image, which keeps its shape. */
const sizeOf = (width: number, height: number) => ({
  aspectRatio: `${width} / ${height}`,
  width: Math.min(width, Math.round((MAX_HEIGHT * width) / height)),
})

/** Images of an activity in a grid; each links to itself in full. Their size is known before they load, so nothing moves. */
export const ActivityImages = ({ images, focal }: ActivityImagesProps) => (
  <div className={images.length > 1 ? 'images many' : 'images'}>
    {images.map(({ url, width, height, alt, placeholder }, index) => (
      // The address changes every hour, the placeholder does not.
      <a
        key={placeholder + alt}
        href={url}
        style={{ backgroundImage: `url(${placeholder})`, ...(images.length === 1 && sizeOf(width, height)) }}
      >
        <img
          src={url}
          width={width}
          height={height}
          alt={alt}
          loading={focal && index === 0 ? 'eager' : 'lazy'}
          decoding="async"
        />
      </a>
    ))}
  </div>
)
