import type { LoaderFunctionArgs } from 'react-router'
import { loaderContextOf } from './loader-context.ts'
import { safeNext } from './next-param.ts'

/** Returns the path of the page of this site that a request comes from, by its Referer header; null without one. */
export function refererPath({ headers, url }: Request): string | null {
  const referer = URL.parse(headers.get('referer') ?? '')
  const here = new URL(url)
  // After a form was posted, the page refers to itself.
  const isOther = referer?.origin === here.origin && referer.pathname !== here.pathname
  return isOther ? safeNext(referer.pathname + referer.search) : null
}

/**
 * Returns the path of the page of this site that led to a document, for a Back link without script. Null without one, and when signed
 * out, since the edge caches those pages. Undefined in the browser, whose Back link uses its history.
 */
export async function referringPage({
  request,
  context,
}: Pick<LoaderFunctionArgs, 'request' | 'context'>): Promise<string | null | undefined> {
  if (typeof document !== 'undefined') return undefined
  return (await loaderContextOf(context).isSignedIn()) ? refererPath(request) : null
}
