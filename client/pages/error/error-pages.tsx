import { use } from 'react'
import { loadSentences } from '../../texts/sentences.ts'

type ErrorPages = typeof import('./page-error.tsx') & typeof import('./root-error.tsx')

let loaded: ErrorPages | undefined
let loading: Promise<ErrorPages> | undefined

/** Fetches what nothing needs until something fails, when it may be too late to fetch it: the pages and their words. */
export function readyForErrors(): Promise<ErrorPages> {
  loading ??= load().catch((error) => {
    // The next time it may be there.
    loading = undefined
    throw error
  })
  return loading
}

async function load(): Promise<ErrorPages> {
  const [page, root] = await Promise.all([import('./page-error.tsx'), import('./root-error.tsx'), loadSentences()])
  loaded = { ...page, ...root }
  return loaded
}

let wanted: Promise<ErrorPages> | undefined

/** The pages for the one that failed; should they be out of reach as well, the edge is asked for the page anew. */
function wait(): Promise<ErrorPages> {
  wanted ??= readyForErrors().catch(() => {
    location.reload()
    return new Promise(() => {})
  })
  return wanted
}

/** What a page shows when it failed. */
export function PageError() {
  const { PageError: Page } = loaded ?? use(wait())
  return <Page />
}

/** What is shown when all of it failed. */
export function RootError() {
  const { RootError: Page } = loaded ?? use(wait())
  return <Page />
}
