import { cutGraphemes } from '../../../../worker/contract/graphemes.ts'
import { LANDING_TITLE } from '../Landing.tsx'

/** Characters of a description; what shows it has no room for more. */
const DESCRIPTION_MAX = 200

/** Meta tags for search engines and link previews, on pages that may be found and shared. */
export type Sharing = {
  /** The page's one address, without what only leads through it: a cursor. */
  path: string
  /** What the page is about; the site's own sentence where it is left out. */
  description?: string
  /** A square picture, in place of the site's own. */
  picture?: string | null
  /** When the page ends, as ISO text; it is a crud's. */
  until?: string
}

export type SharingTagsProps = Sharing & {
  /** Where this site is: `https://cruddur.example`. */
  origin: string
  title: string
}

/** Describes a page to search engines and to chats that preview links. Signed-out pages alone have it. */
export function SharingTags({ origin, title, path, description = LANDING_TITLE, picture, until }: SharingTagsProps) {
  const url = new URL(path, origin).href
  const words = cutGraphemes(description.replace(/\s+/g, ' '), DESCRIPTION_MAX)
  return (
    <>
      <meta name="description" content={words} />
      {/* A copy elsewhere must not outlive what it shows. */}
      <meta name="robots" content={until ? `noarchive, unavailable_after: ${until}` : 'noarchive'} />
      <link rel="canonical" href={url} />
      <meta property="og:site_name" content="Cruddur" />
      <meta property="og:type" content={until ? 'article' : 'website'} />
      {until && <meta property="article:expiration_time" content={until} />}
      <meta property="og:url" content={url} />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={words} />
      <meta property="og:image" content={new URL(picture ?? '/share.png', origin).href} />
      {!picture && (
        <>
          <meta property="og:image:width" content="1200" />
          <meta property="og:image:height" content="630" />
        </>
      )}
      <meta name="twitter:card" content={picture ? 'summary' : 'summary_large_image'} />
    </>
  )
}
