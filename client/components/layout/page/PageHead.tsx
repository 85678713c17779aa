import { useContext } from 'react'
import { useMatches } from 'react-router'
import type { Page } from '../../../../worker/contract/pages.ts'
import { SignedOutContext, useViewer } from '../../../app-context.tsx'
import type { Sharing } from './SharingTags.tsx'

/** A name may hold them, and a title has no way to keep it apart from what follows: https://unicode.org/reports/tr9/. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g

type PageHeadProps = {
  /** Without the site's name; that of the page's route where it is left out. */
  title?: string
  /** Without it search engines are asked to leave the page alone. */
  sharing?: Sharing
}

/** What a page puts into the document's head. */
export function PageHead({ title: given, sharing }: PageHeadProps) {
  const viewer = useViewer()
  const signedOut = useContext(SignedOutContext)
  const page = useMatches().at(-1)?.handle as Page | undefined
  const title = (given ?? page?.title ?? '').replace(TURNS, '')
  return (
    <>
      <title>{`${title} · Cruddur`}</title>
      {!sharing && <meta name="robots" content="noindex" />}
      {/* Search engines and chats are never signed in. */}
      {sharing && !viewer && signedOut && (
        <signedOut.SharingTags origin={signedOut.origin} title={title} {...sharing} />
      )}
    </>
  )
}
