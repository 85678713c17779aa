import type { OpenedReport } from '../../../worker/contract/moderation.ts'

/** The sealed copy of what the reporter saw: text, warning and images. Once the activity has expired, only moderators see it. */
export function ReportedCopy({ copy }: { copy: NonNullable<OpenedReport['copy']> }) {
  const { message, warning, images } = copy
  if (message === null) return null
  return (
    <blockquote className="reported">
      {warning && <p className="soft">{`Its warning: ${warning}`}</p>}
      <p dir="auto">{message}</p>
      {images.map(({ url, alt, is_kept }) => (
        <figure key={url}>
          {is_kept ? (
            <a href={url} data-document>
              <img src={url} alt={alt} />
            </a>
          ) : (
            <p className="soft">An image could not be kept: it had ended, or the storage did not answer.</p>
          )}
          <figcaption className="soft" dir="auto">
            {alt ? `Its description: ${alt}` : 'It has no description.'}
          </figcaption>
        </figure>
      ))}
    </blockquote>
  )
}
