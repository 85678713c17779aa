import offlinePage from './offline.html?raw'

/** The page runs no script and loads nothing. */
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
}

/** Returns the page from the network, as the browser has already asked for it; without a connection, a page that says so. */
export async function loadPage({
  request,
  preloadResponse,
}: Pick<FetchEvent, 'request' | 'preloadResponse'>): Promise<Response> {
  try {
    const preloaded: Response | undefined = await preloadResponse
    return preloaded ?? (await fetch(request))
  } catch {
    return new Response(offlinePage, { status: 503, headers: HEADERS })
  }
}
