import type { RouteObject } from 'react-router'
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
    // Who reads does not change while the app runs: signing in and out are whole documents.
    shouldRevalidate: () => false,
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
          { path: '/:at_handle', lazy: () => import('./pages/profile.tsx') },
          { path: '/:at_handle/status/:uuid', lazy: () => import('./pages/status.tsx') },
          { path: '/:at_handle/status/:uuid/put-out', lazy: () => import('./pages/put-out.tsx') },
          { path: '*', lazy: () => import('./pages/not-found.tsx') },
        ],
      },
    ],
  },
]
