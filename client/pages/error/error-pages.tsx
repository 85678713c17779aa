import { use } from 'react'
import { loadErrorMessages } from '../../texts/lazy-error-messages.ts'

type ErrorPages = typeof import('./page-error.tsx') & typeof import('./root-error.tsx')

let loaded: ErrorPages | undefined
let loading: Promise<ErrorPages> | undefined

/** Loads the error pages and their sentences. Called ahead, since after a failure the chunks may be out of reach. */
export function loadErrorPages(): Promise<ErrorPages> {
  loading ??= load().catch((error) => {
    // Allows another try.
    loading = undefined
    throw error
  })
  return loading
}

async function load(): Promise<ErrorPages> {
  const [page, root] = await Promise.all([import('./page-error.tsx'), import('./root-error.tsx'), loadErrorMessages()])
  loaded = { ...page, ...root }
  return loaded
}

let required: Promise<ErrorPages> | undefined

/** Loads the error pages for an error; if they cannot be loaded either, reloads the document. */
function loadOrReload(): Promise<ErrorPages> {
  required ??= loadErrorPages().catch(() => {
    location.reload()
    return new Promise(() => {})
  })
  return required
}

/** Error boundary of a page. */
export function PageError() {
  const { PageError: Page } = loaded ?? use(loadOrReload())
  return <Page />
}

/** Error boundary of the whole app. */
export function RootError() {
  const { RootError: Page } = loaded ?? use(loadOrReload())
  return <Page />
}
