import type { RouteObject } from 'react-router'
import { paths } from './lib/paths.ts'
import { PageError } from './pages/page-error.tsx'
import { Root, rootLoader } from './pages/root.tsx'
import { RootError } from './pages/root-error.tsx'

/** Every page of the site. Each page's module has its `loader`, its `action` if it takes a form, and its `Component`. */
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
          { path: '/', lazy: () => import('./pages/home.tsx') },
          { path: '/signup', lazy: () => import('./pages/sign-up.tsx') },
          { path: '/confirm', lazy: () => import('./pages/confirm.tsx') },
          { path: '/signin', lazy: () => import('./pages/sign-in.tsx') },
          { path: '/forgot', lazy: () => import('./pages/forgot.tsx') },
          { path: '/welcome', lazy: () => import('./pages/welcome.tsx') },
          { path: '/signout', lazy: () => import('./pages/sign-out.tsx') },
          { path: '/about', lazy: () => import('./pages/about.tsx') },
          { path: '/terms-of-service', lazy: () => import('./pages/terms-of-service.tsx') },
          { path: '/privacy-policy', lazy: () => import('./pages/privacy-policy.tsx') },
          { path: '/search', lazy: () => import('./pages/search.tsx') },
          { path: '/tags/:tag', lazy: () => import('./pages/tag.tsx') },
          { path: '/notifications', lazy: () => import('./pages/notifications.tsx') },
          { path: '/messages', lazy: () => import('./pages/messages.tsx') },
          { path: '/messages/new/:handle', lazy: () => import('./pages/new-message.tsx') },
          { path: '/messages/:message_group_uuid', lazy: () => import('./pages/message-group.tsx') },
          { path: '/settings', lazy: () => import('./pages/settings.tsx') },
          { path: '/settings/avatar', lazy: () => import('./pages/settings-avatar.tsx') },
          { path: '/:at_handle', lazy: () => import('./pages/profile.tsx') },
          { path: '/:at_handle/followers', lazy: () => import('./pages/followers.tsx') },
          { path: '/:at_handle/following', lazy: () => import('./pages/following.tsx') },
          { path: '/:at_handle/follow', lazy: () => import('./pages/follow.ts') },
          { path: '/:at_handle/mute', lazy: () => import('./pages/mute.ts') },
          { path: '/:at_handle/block', lazy: () => import('./pages/block.tsx') },
          { path: '/:at_handle/status/:uuid', lazy: () => import('./pages/status.tsx') },
          { path: '/:at_handle/status/:uuid/like', lazy: () => import('./pages/like.ts') },
          { path: '/:at_handle/status/:uuid/likes', lazy: () => import('./pages/likes.tsx') },
          { path: '/:at_handle/status/:uuid/repost', lazy: () => import('./pages/repost.ts') },
          { path: '/:at_handle/status/:uuid/reposts', lazy: () => import('./pages/reposts.tsx') },
          { path: '/:at_handle/status/:uuid/put-out', lazy: () => import('./pages/put-out.tsx') },
          { path: '/:at_handle/status/:uuid/rewrite', lazy: () => import('./pages/rewrite.tsx') },
          { path: '*', lazy: () => import('./pages/not-found.tsx') },
        ],
      },
    ],
  },
]
