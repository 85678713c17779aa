import type { DataRouter, RouteObject } from 'react-router'

/**
 * Returns the routes with a fallback for a tab older than the last deploy: if a page's chunk is gone, the navigation is repeated
 * as a document request. No reload loop: a document whose own chunks are missing is not hydrated (entry.client.tsx).
 * @param getState returns the state of the router that uses the routes.
 */
export function reloadOnStaleChunk(pages: RouteObject[], getState: () => DataRouter['state']): RouteObject[] {
  return pages.map((page) => {
    const { lazy, children } = page
    const changes = {
      ...(typeof lazy === 'function' && {
        lazy: () => lazy().catch(async () => (await import('./document-fallback.ts')).fallBackToDocument(getState())),
      }),
      ...(children && { children: reloadOnStaleChunk(children, getState) }),
    }
    return { ...page, ...changes } as RouteObject
  })
}
