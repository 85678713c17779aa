import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ApiProvider } from './app-context.tsx'
import { HasScriptProvider } from './has-script.tsx'
import type { Api } from './net/api.ts'
import { ClockProvider } from './time/clock.tsx'

type AppProps = { api: Api; queries: QueryClient; renderedAt: number; children: ReactNode }

/** The providers around the router, at the edge and in the browser. */
export function App({ api, queries, renderedAt, children }: AppProps) {
  return (
    <ApiProvider api={api}>
      <QueryClientProvider client={queries}>
        <ClockProvider renderedAt={renderedAt}>
          <HasScriptProvider>{children}</HasScriptProvider>
        </ClockProvider>
      </QueryClientProvider>
    </ApiProvider>
  )
}
