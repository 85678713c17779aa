import { useContext } from 'react'
import { useMatches } from 'react-router'
import type { Page } from '../../../../worker/contract/pages.ts'
import { SignedOutContext, useViewer } from '../../../app-context.tsx'
import type { Sharing } from './SharingTags.tsx'

/** Bidi control characters. A user's name may contain them, and a title cannot isolate it: https://unicode.org/reports/tr9/. */
const BIDI_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g

type PageHeadProps = {
  /** Without the site's name. Default: the title in worker/contract/pages.ts. */
  title?: string
  /** Without it the page is marked `noindex`. */
  sharing?: Sharing
}

/** Title and meta tags of a page. */
export function PageHead({ title: given, sharing }: PageHeadProps) {
  const viewer = useViewer()
  const signedOut = useContext(SignedOutContext)
  const page = useMatches().at(-1)?.handle as Page | undefined
  const title = (given ?? page?.title ?? '').replace(BIDI_CONTROLS, '')
  return (
    <>
      <title>{`${title} · Cruddur`}</title>
      {!sharing && <meta name="robots" content="noindex" />}
      {/* Crawlers and link previews are never signed in. */}
      {sharing && !viewer && signedOut && (
        <signedOut.SharingTags origin={signedOut.origin} title={title} {...sharing} />
      )}
    </>
  )
}
