import type { LoaderFunctionArgs } from 'react-router'
import { loaderContextOf } from './loader-context.ts'
import { safeNext } from './next-param.ts'

/**
 * Returns the path of the page of this site that led to a document, for a Back link without script: from the Referer header. Null
 * without one, and when signed out, since the edge caches those pages. Undefined in the browser, whose Back link uses its history.
 */
export async function referringPage({
  request,
  context,
}: Pick<LoaderFunctionArgs, 'request' | 'context'>): Promise<string | null | undefined> {
  if (typeof document !== 'undefined') return undefined
  const referer = URL.parse(request.headers.get('referer') ?? '')
  const here = new URL(request.url)
  // After a form was posted, the page refers to itself.
  const isOther = referer?.origin === here.origin && referer.pathname !== here.pathname
  return isOther && (await loaderContextOf(context).signedIn()) ? safeNext(referer.pathname + referer.search) : null
}
