import { useContext } from 'react'
import { useMatches } from 'react-router'
import { cutGraphemes } from '../../../worker/contract/graphemes.ts'
import type { Page } from '../../../worker/contract/pages.ts'
import { OriginContext, useViewer } from '../../lib/app-context.tsx'

/** So many characters of a description are told: no more fits where it is shown. */
const DESCRIPTION_MAX = 200

/** A name may hold them, and a title has no way to keep it apart from what follows: https://unicode.org/reports/tr9/. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g

/** What search engines and chats are told of a page that may be found and shared. */
type Sharing = {
  /** The page's one address, without what only leads through it: a cursor. */
  path: string
  description: string
  /** A square picture, in place of the site's own. */
  picture?: string | null
  /** When the page ends, as ISO text; it is a crud's. */
  until?: string
}

type PageHeadProps = {
  /** Without the site's name; that of the page's route where it is left out. */
  title?: string
  /** Without it search engines are asked to leave the page alone. */
  sharing?: Sharing
}

/** What a page puts into the document's head. */
export function PageHead({ title: given, sharing }: PageHeadProps) {
  const viewer = useViewer()
  const page = useMatches().at(-1)?.handle as Page | undefined
  const title = (given ?? page?.title ?? '').replace(TURNS, '')
  return (
    <>
      <title>{`${title} · Cruddur`}</title>
      {!sharing && <meta name="robots" content="noindex" />}
      {/* With script, a page stays open after the crud that it is about has gone. */}
      {sharing && !(viewer && sharing.until) && <meta name="description" content={wordsOf(sharing)} />}
      {/* Robots and chats are never signed in. */}
      {sharing && !viewer && <SharingTags title={title} {...sharing} />}
    </>
  )
}

const wordsOf = ({ description }: Pick<Sharing, 'description'>) =>
  cutGraphemes(description.replace(/\s+/g, ' '), DESCRIPTION_MAX)

function SharingTags({ title, path, description, picture, until }: Sharing & { title: string }) {
  const origin = useContext(OriginContext)
  const url = new URL(path, origin).href
  return (
    <>
      {/* A copy of ours must not outlive what it shows. */}
      <meta name="robots" content={until ? `noarchive, unavailable_after: ${until}` : 'noarchive'} />
      <link rel="canonical" href={url} />
      <meta property="og:site_name" content="Cruddur" />
      <meta property="og:type" content={until ? 'article' : 'website'} />
      {until && <meta property="article:expiration_time" content={until} />}
      <meta property="og:url" content={url} />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={wordsOf({ description })} />
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
