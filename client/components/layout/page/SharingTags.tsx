import { cutGraphemes } from '../../../../worker/contract/graphemes.ts'
import { TAGLINE } from '../Landing.tsx'

/** Maximum length of a description in grapheme clusters; search results and previews show no more. */
const DESCRIPTION_MAX = 200

/** Meta tags for search engines and link previews, on pages that may be found and shared. */
export type Sharing = {
  /** Canonical path, without a cursor. */
  path: string
  /** Default: the site's tagline. */
  description?: string
  /** Path of a square image. Default: the site's own. */
  image?: string | null
  /** On an activity's page: when it expires, as ISO text. */
  expiresAt?: string
}

export type SharingTagsProps = Sharing & {
  /** Origin of this site: `https://cruddur.example`. */
  origin: string
  title: string
}

/** Meta tags for search engines and link previews. Rendered on signed-out pages only. */
export function SharingTags({ origin, title, path, description = TAGLINE, image, expiresAt }: SharingTagsProps) {
  const url = new URL(path, origin).href
  const summary = cutGraphemes(description.replace(/\s+/g, ' '), DESCRIPTION_MAX)
  return (
    <>
      <meta name="description" content={summary} />
      {/* Asks search engines to drop the page when its activity expires. */}
      <meta name="robots" content={expiresAt ? `noarchive, unavailable_after: ${expiresAt}` : 'noarchive'} />
      <link rel="canonical" href={url} />
      <meta property="og:site_name" content="Cruddur" />
      <meta property="og:type" content={expiresAt ? 'article' : 'website'} />
      {expiresAt && <meta property="article:expiration_time" content={expiresAt} />}
      <meta property="og:url" content={url} />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={summary} />
      <meta property="og:image" content={new URL(image ?? '/share.png', origin).href} />
      {!image && (
        <>
          <meta property="og:image:width" content="1200" />
          <meta property="og:image:height" content="630" />
        </>
      )}
      <meta name="twitter:card" content={image ? 'summary' : 'summary_large_image'} />
    </>
  )
}
