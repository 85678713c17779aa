import type { RouteObject } from 'react-router'
import { PAGES, type PageId } from '../worker/contract/pages.ts'
import { PageError, RootError } from './pages/error/error-pages.tsx'
import * as home from './pages/home.tsx'
import { Root, rootLoader } from './pages/root.tsx'
import { paths } from './routing/paths.ts'

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
          { ...page('sign-up'), lazy: () => import('./pages/account/sign-up.tsx') },
          { ...page('confirm'), lazy: () => import('./pages/account/confirm.tsx') },
          { ...page('sign-in'), lazy: () => import('./pages/account/sign-in.tsx') },
          { ...page('forgot'), lazy: () => import('./pages/account/forgot.tsx') },
          { ...page('welcome'), lazy: () => import('./pages/account/welcome.tsx') },
          { ...page('sign-out'), lazy: () => import('./pages/account/sign-out.tsx') },
          { ...page('about'), lazy: () => import('./pages/about/about.tsx') },
          { ...page('terms-of-service'), lazy: () => import('./pages/about/terms-of-service.tsx') },
          { ...page('privacy-policy'), lazy: () => import('./pages/about/privacy-policy.tsx') },
          { ...page('search'), lazy: () => import('./pages/search.tsx') },
          { ...page('tag'), lazy: () => import('./pages/tag.tsx') },
          { ...page('notifications'), lazy: () => import('./pages/notifications.tsx') },
          { ...page('conversations'), lazy: () => import('./pages/messages/conversations.tsx') },
          { ...page('new-message'), lazy: () => import('./pages/messages/new-message.tsx') },
          { ...page('conversation'), lazy: () => import('./pages/messages/conversation.tsx') },
          { ...page('settings'), lazy: () => import('./pages/account/settings.tsx') },
          { ...page('settings-avatar'), lazy: () => import('./pages/account/settings-avatar.tsx') },
          { ...page('settings-delete'), lazy: () => import('./pages/account/settings-delete.tsx') },
          { ...page('profile'), lazy: () => import('./pages/user/profile.tsx') },
          { ...page('followers'), lazy: () => import('./pages/user/followers.tsx') },
          { ...page('following'), lazy: () => import('./pages/user/following.tsx') },
          { ...page('follow'), lazy: () => import('./pages/user/follow.ts') },
          { ...page('mute'), lazy: () => import('./pages/user/mute.ts') },
          { ...page('block'), lazy: () => import('./pages/user/block.tsx') },
          { ...page('activity'), lazy: () => import('./pages/activity/activity.tsx') },
          { ...page('like'), lazy: () => import('./pages/activity/like.ts') },
          { ...page('likes'), lazy: () => import('./pages/activity/likes.tsx') },
          { ...page('repost'), lazy: () => import('./pages/activity/repost.ts') },
          { ...page('reposts'), lazy: () => import('./pages/activity/reposts.tsx') },
          { ...page('delete-activity'), lazy: () => import('./pages/activity/delete-activity.tsx') },
          { ...page('rewrite'), lazy: () => import('./pages/activity/rewrite.tsx') },
          { ...page('not-found'), lazy: () => import('./pages/error/not-found.tsx') },
        ],
      },
    ],
  },
]
