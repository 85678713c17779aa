import type { CSSProperties } from 'react'
import type { Activity } from '../../../../worker/contract/activity.ts'
import type { Image } from '../../../../worker/contract/image.ts'
import type { User } from '../../../../worker/contract/user.ts'
import { paths } from '../../../routing/paths.ts'
import { Avatar } from '../../avatar/Avatar.tsx'
import { UserLine } from '../../user/UserLine.tsx'
import { ContentWarning } from '../card/ContentWarning.tsx'
import { fuse } from '../card/fuse.tsx'
import { useFuse } from '../card/fuse-times.ts'
import { TimeLeft } from '../card/TimeLeft.tsx'

/** An image of an activity in full, with its alt text, its fuse, and links to the other images. `number`: from 1. */
export function FullImageCard({
  activity,
  viewer,
  number,
}: {
  activity: Activity
  viewer: User | null
  number: number
}) {
  const { uuid, user, images, warning, audience } = activity
  const { style, initialSecondsLeft } = useFuse(activity)
  const image = images[number - 1]
  if (!image) return null
  return (
    <article className="activity focal" id={uuid} style={style} tabIndex={-1} aria-labelledby={`${uuid}-by`}>
      {fuse}
      <div className="activity-body full-image">
        {/* biome-ignore lint/a11y/useAnchorContent: hidden, the name beside it links there too */}
        <a className="avatar-link" href={paths.profile(user.handle)} tabIndex={-1} aria-hidden="true">
          <Avatar user={user} />
        </a>
        <UserLine user={user} id={`${uuid}-by`} />
        <TimeLeft seconds={initialSecondsLeft} audience={audience} isOwn={viewer?.uuid === user.uuid} />
        {warning ? (
          <ContentWarning warning={warning}>
            <FullImage image={image} lazy />
          </ContentWarning>
        ) : (
          <FullImage image={image} />
        )}
        <nav aria-label="Pictures">
          {number > 1 && (
            <a href={paths.image(activity, number - 1)} rel="prev">
              Previous
            </a>
          )}
          {number < images.length && (
            <a href={paths.image(activity, number + 1)} rel="next">
              Next
            </a>
          )}
          <a href={paths.activity(activity)}>Close</a>
        </nav>
      </div>
    </article>
  )
}

/** `lazy`: behind a warning, which may stay closed. */
function FullImage({ image, lazy = false }: { image: Image; lazy?: boolean }) {
  const { url, width, height, alt, placeholder } = image
  const size = { '--width': width, '--height': height, backgroundImage: `url(${placeholder})` } as CSSProperties
  return (
    <figure>
      <img src={url} width={width} height={height} alt={alt} style={size} loading={lazy ? 'lazy' : 'eager'} />
      <figcaption dir="auto">{alt || 'No description'}</figcaption>
    </figure>
  )
}
