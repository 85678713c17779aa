import type { DataRouter, RouteObject } from 'react-router'

/**
 * The same pages, for a tab that may be older than the last deploy: when the module of one is not there any more, the
 * document of what was wanted is asked for instead, once. That comes with modules of its own; should one of those be
 * missing, the page stays as it came and works without script (entry.client.tsx), so nothing goes round in circles.
 * @param now the state of the router that shows them.
 */
export function reloadOnStaleChunk(pages: RouteObject[], now: () => DataRouter['state']): RouteObject[] {
  return pages.map((page) => {
    const { lazy, children } = page
    const changes = {
      ...(typeof lazy === 'function' && {
        lazy: () => lazy().catch(async () => (await import('./leave-app.ts')).leaveApp(now())),
      }),
      ...(children && { children: reloadOnStaleChunk(children, now) }),
    }
    return { ...page, ...changes } as RouteObject
  })
}
