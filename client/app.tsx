import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ApiProvider } from './app-context.tsx'
import { HasScriptProvider } from './has-script.tsx'
import type { Api } from './net/api.ts'
import { SavesDataContext } from './net/saves-data.ts'
import { ClockProvider } from './time/clock.tsx'

type AppProps = {
  api: Api
  queries: QueryClient
  renderedAt: number
  /** Whether the request for the document had the header Save-Data. */
  savesData?: boolean | undefined
  children: ReactNode
}

/** The providers around the router, at the edge and in the browser. */
export function App({ api, queries, renderedAt, savesData = false, children }: AppProps) {
  return (
    <ApiProvider api={api}>
      <QueryClientProvider client={queries}>
        <ClockProvider renderedAt={renderedAt}>
          <HasScriptProvider>
            <SavesDataContext value={savesData}>{children}</SavesDataContext>
          </HasScriptProvider>
        </ClockProvider>
      </QueryClientProvider>
    </ApiProvider>
  )
}
