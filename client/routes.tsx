import type { RouteObject } from 'react-router'
import { PAGES, type PageId } from '../worker/contract/pages.ts'
import { PageError, RootError } from './pages/error/error-pages.tsx'
import * as home from './pages/home.tsx'
import { Root, rootLoader } from './pages/root.tsx'
import { paths } from './routing/paths.ts'

/** Returns the id, path and handle of a page's route, from worker/contract/pages.ts. */
const page = (id: PageId) => ({ id, path: PAGES[id].path, handle: PAGES[id] })

/**
 * All routes of the site. A page's module exports `loader`, `Component`, and `action` if it takes a form. The route's `id` is the
 * module's name, by which the edge finds its assets (worker/page-assets.ts).
 */
export const routes: RouteObject[] = [
  {
    id: 'root',
    loader: rootLoader,
    Component: Root,
    ErrorBoundary: RootError,
    // The viewer cannot change without a new document, except for name and avatar, in the settings.
    shouldRevalidate: ({ formAction }) => formAction?.startsWith(paths.settings()) ?? false,
    children: [
      {
        ErrorBoundary: PageError,
        children: [
          // Not lazy: most visits start or end at home.
          { ...page('home'), ...home },
          { ...page('compose'), lazy: () => import('./pages/compose.tsx') },
          { ...page('sign-up'), lazy: () => import('./pages/account/sign-up.tsx') },
          { ...page('confirm'), lazy: () => import('./pages/account/confirm.tsx') },
          { ...page('sign-in'), lazy: () => import('./pages/account/sign-in.tsx') },
          { ...page('forgot'), lazy: () => import('./pages/account/forgot.tsx') },
          { ...page('welcome'), lazy: () => import('./pages/account/welcome.tsx') },
          { ...page('sign-out'), lazy: () => import('./pages/account/sign-out.tsx') },
          { ...page('about'), lazy: () => import('./pages/about/about.tsx') },
          { ...page('rules'), lazy: () => import('./pages/about/rules.tsx') },
          { ...page('transparency'), lazy: () => import('./pages/about/transparency.tsx') },
          { ...page('terms-of-service'), lazy: () => import('./pages/about/terms-of-service.tsx') },
          { ...page('privacy-policy'), lazy: () => import('./pages/about/privacy-policy.tsx') },
          { ...page('search'), lazy: () => import('./pages/search.tsx') },
          { ...page('tag'), lazy: () => import('./pages/tag.tsx') },
          { ...page('notifications'), lazy: () => import('./pages/notifications.tsx') },
          { ...page('follow-requests'), lazy: () => import('./pages/follow-requests.tsx') },
          { ...page('arrival'), lazy: () => import('./pages/arrival.ts') },
          { ...page('circle'), lazy: () => import('./pages/circle.tsx') },
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
          { ...page('remove-follower'), lazy: () => import('./pages/user/remove-follower.tsx') },
          { ...page('activity'), lazy: () => import('./pages/activity/activity.tsx') },
          { ...page('image'), lazy: () => import('./pages/activity/image.tsx') },
          { ...page('like'), lazy: () => import('./pages/activity/like.ts') },
          { ...page('likes'), lazy: () => import('./pages/activity/likes.tsx') },
          { ...page('repost'), lazy: () => import('./pages/activity/repost.ts') },
          { ...page('reposts'), lazy: () => import('./pages/activity/reposts.tsx') },
          { ...page('activity-menu'), lazy: () => import('./pages/activity/activity-menu.tsx') },
          { ...page('delete-activity'), lazy: () => import('./pages/activity/delete-activity.tsx') },
          { ...page('rewrite'), lazy: () => import('./pages/activity/rewrite.tsx') },
          { ...page('who-can-reply'), lazy: () => import('./pages/activity/who-can-reply.tsx') },
          { ...page('report'), lazy: () => import('./pages/safety/report.tsx') },
          { ...page('moderation'), lazy: () => import('./pages/safety/moderation.tsx') },
          { ...page('statement'), lazy: () => import('./pages/safety/statement.tsx') },
          { ...page('not-found'), lazy: () => import('./pages/error/not-found.tsx') },
        ],
      },
    ],
  },
]
