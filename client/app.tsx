import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Api } from './lib/api.ts'
import { ApiProvider } from './lib/app-context.tsx'
import { ClockProvider } from './lib/clock.tsx'
import { ScriptedProvider } from './lib/scripted.tsx'

type AppProps = { api: Api; queries: QueryClient; renderedAt: number; children: ReactNode }

/** What stands around the router, at the edge and in the browser alike. */
export function App({ api, queries, renderedAt, children }: AppProps) {
  return (
    <ApiProvider api={api}>
      <QueryClientProvider client={queries}>
        <ClockProvider renderedAt={renderedAt}>
          <ScriptedProvider>{children}</ScriptedProvider>
        </ClockProvider>
      </QueryClientProvider>
    </ApiProvider>
  )
}
