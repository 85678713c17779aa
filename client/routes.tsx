import type { RouteObject } from 'react-router'
import { paths } from './lib/paths.ts'
import { PageError, RootError } from './pages/error-pages.tsx'
import { Root, rootLoader } from './pages/root.tsx'

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
          { id: 'home', path: '/', lazy: () => import('./pages/home.tsx') },
          { id: 'sign-up', path: '/signup', lazy: () => import('./pages/sign-up.tsx') },
          { id: 'confirm', path: '/confirm', lazy: () => import('./pages/confirm.tsx') },
          { id: 'sign-in', path: '/signin', lazy: () => import('./pages/sign-in.tsx') },
          { id: 'forgot', path: '/forgot', lazy: () => import('./pages/forgot.tsx') },
          { id: 'welcome', path: '/welcome', lazy: () => import('./pages/welcome.tsx') },
          { id: 'sign-out', path: '/signout', lazy: () => import('./pages/sign-out.tsx') },
          { id: 'about', path: '/about', lazy: () => import('./pages/about.tsx') },
          { id: 'terms-of-service', path: '/terms-of-service', lazy: () => import('./pages/terms-of-service.tsx') },
          { id: 'privacy-policy', path: '/privacy-policy', lazy: () => import('./pages/privacy-policy.tsx') },
          { id: 'search', path: '/search', lazy: () => import('./pages/search.tsx') },
          { id: 'tag', path: '/tags/:tag', lazy: () => import('./pages/tag.tsx') },
          { id: 'notifications', path: '/notifications', lazy: () => import('./pages/notifications.tsx') },
          { id: 'messages', path: '/messages', lazy: () => import('./pages/messages.tsx') },
          { id: 'new-message', path: '/messages/new/:handle', lazy: () => import('./pages/new-message.tsx') },
          {
            id: 'message-group',
            path: '/messages/:message_group_uuid',
            lazy: () => import('./pages/message-group.tsx'),
          },
          { id: 'settings', path: '/settings', lazy: () => import('./pages/settings.tsx') },
          { id: 'settings-avatar', path: '/settings/avatar', lazy: () => import('./pages/settings-avatar.tsx') },
          { id: 'settings-delete', path: '/settings/delete', lazy: () => import('./pages/settings-delete.tsx') },
          { id: 'profile', path: '/:at_handle', lazy: () => import('./pages/profile.tsx') },
          { id: 'followers', path: '/:at_handle/followers', lazy: () => import('./pages/followers.tsx') },
          { id: 'following', path: '/:at_handle/following', lazy: () => import('./pages/following.tsx') },
          { id: 'follow', path: '/:at_handle/follow', lazy: () => import('./pages/follow.ts') },
          { id: 'mute', path: '/:at_handle/mute', lazy: () => import('./pages/mute.ts') },
          { id: 'block', path: '/:at_handle/block', lazy: () => import('./pages/block.tsx') },
          { id: 'status', path: '/:at_handle/status/:uuid', lazy: () => import('./pages/status.tsx') },
          { id: 'like', path: '/:at_handle/status/:uuid/like', lazy: () => import('./pages/like.ts') },
          { id: 'likes', path: '/:at_handle/status/:uuid/likes', lazy: () => import('./pages/likes.tsx') },
          { id: 'repost', path: '/:at_handle/status/:uuid/repost', lazy: () => import('./pages/repost.ts') },
          { id: 'reposts', path: '/:at_handle/status/:uuid/reposts', lazy: () => import('./pages/reposts.tsx') },
          { id: 'put-out', path: '/:at_handle/status/:uuid/put-out', lazy: () => import('./pages/put-out.tsx') },
          { id: 'rewrite', path: '/:at_handle/status/:uuid/rewrite', lazy: () => import('./pages/rewrite.tsx') },
          { id: 'not-found', path: '*', lazy: () => import('./pages/not-found.tsx') },
        ],
      },
    ],
  },
]
