import type { RouteObject } from 'react-router'
import { PAGES, type PageId } from '../worker/contract/pages.ts'
import { paths } from './lib/paths.ts'
import { PageError, RootError } from './pages/error-pages.tsx'
import * as home from './pages/home.tsx'
import { Root, rootLoader } from './pages/root.tsx'

/** What worker/contract/pages.ts says of a page; the whole of it is the route's handle. */
const page = (id: PageId) => ({ id, path: PAGES[id].path, handle: PAGES[id] })

/**
 * Every page of the site. Each page's module has its `loader`, its `action` if it takes a form, and its `Component`; the
 * `id` is the module's name, by which the edge knows what the browser will need of it (worker/page-assets.ts).
 */
export const routes: RouteObject[] = [
  {
    id: 'root',
    loader: rootLoader,
    Component: Root,
    ErrorBoundary: RootError,
    // Who reads does not change while the app runs: signing in and out are whole documents. Their name and picture may.
    shouldRevalidate: ({ formAction }) => formAction?.startsWith(paths.settings()) ?? false,
    children: [
      {
        ErrorBoundary: PageError,
        children: [
          // Part of what every page loads: most visits begin or end there.
          { ...page('home'), ...home },
          { ...page('sign-up'), lazy: () => import('./pages/sign-up.tsx') },
          { ...page('confirm'), lazy: () => import('./pages/confirm.tsx') },
          { ...page('sign-in'), lazy: () => import('./pages/sign-in.tsx') },
          { ...page('forgot'), lazy: () => import('./pages/forgot.tsx') },
          { ...page('welcome'), lazy: () => import('./pages/welcome.tsx') },
          { ...page('sign-out'), lazy: () => import('./pages/sign-out.tsx') },
          { ...page('about'), lazy: () => import('./pages/about.tsx') },
          { ...page('terms-of-service'), lazy: () => import('./pages/terms-of-service.tsx') },
          { ...page('privacy-policy'), lazy: () => import('./pages/privacy-policy.tsx') },
          { ...page('search'), lazy: () => import('./pages/search.tsx') },
          { ...page('tag'), lazy: () => import('./pages/tag.tsx') },
          { ...page('notifications'), lazy: () => import('./pages/notifications.tsx') },
          { ...page('messages'), lazy: () => import('./pages/messages.tsx') },
          { ...page('new-message'), lazy: () => import('./pages/new-message.tsx') },
          { ...page('message-group'), lazy: () => import('./pages/message-group.tsx') },
          { ...page('settings'), lazy: () => import('./pages/settings.tsx') },
          { ...page('settings-avatar'), lazy: () => import('./pages/settings-avatar.tsx') },
          { ...page('settings-delete'), lazy: () => import('./pages/settings-delete.tsx') },
          { ...page('profile'), lazy: () => import('./pages/profile.tsx') },
          { ...page('followers'), lazy: () => import('./pages/followers.tsx') },
          { ...page('following'), lazy: () => import('./pages/following.tsx') },
          { ...page('follow'), lazy: () => import('./pages/follow.ts') },
          { ...page('mute'), lazy: () => import('./pages/mute.ts') },
          { ...page('block'), lazy: () => import('./pages/block.tsx') },
          { ...page('status'), lazy: () => import('./pages/status.tsx') },
          { ...page('like'), lazy: () => import('./pages/like.ts') },
          { ...page('likes'), lazy: () => import('./pages/likes.tsx') },
          { ...page('repost'), lazy: () => import('./pages/repost.ts') },
          { ...page('reposts'), lazy: () => import('./pages/reposts.tsx') },
          { ...page('put-out'), lazy: () => import('./pages/put-out.tsx') },
          { ...page('rewrite'), lazy: () => import('./pages/rewrite.tsx') },
          { ...page('not-found'), lazy: () => import('./pages/not-found.tsx') },
        ],
      },
    ],
  },
]
