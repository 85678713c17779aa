import { QueryClient } from '@tanstack/react-query'
import { renderToString } from 'react-dom/server'
import { createStaticHandler, createStaticRouter, StaticRouterProvider } from 'react-router'
import { App } from '../app.tsx'
import { PlainImageFields } from '../components/compose/images/PlainImageFields.tsx'
import { PlainImageFieldsContext } from '../components/compose/images/plain-image-fields-context.ts'
import { PageHead } from '../components/layout/page/PageHead.tsx'
import { type Assets, Document } from '../document.tsx'
import { createApi } from '../net/api.ts'
import { loadErrorMessages } from '../texts/lazy-error-messages.ts'
import { Activities, ComposeForms, Fuses, UsersAndMessages } from './Activities.tsx'
import { Colours, Drawings, Type } from './Basics.tsx'
import { Buttons, Forms } from './Controls.tsx'
import { Images } from './Images.tsx'
import { Navigation, Skeletons, States } from './States.tsx'
import { type Token, tokensIn } from './tokens.ts'

/** Paths of the page and its stylesheet. */
export const STYLEGUIDE = { page: '/styleguide', sheet: '/styleguide.css' }

/** All components of the site in each state, dark and light side by side. */
function Styleguide({ tokens, now }: { tokens: readonly Token[]; now: number }) {
  return (
    <main className="themes">
      <PageHead title="Styleguide" />
      <link rel="stylesheet" href={STYLEGUIDE.sheet} />
      {(['dark', 'light'] as const).map((theme) => (
        <div key={theme} className="theme" data-theme={theme}>
          <h1>{theme === 'dark' ? 'Dark' : 'Light'}</h1>
          <Colours tokens={tokens} theme={theme} />
          <Type />
          <Drawings />
          <Buttons />
          <Forms />
          <Navigation />
          <Fuses />
          <Activities now={now} />
          <ComposeForms now={now} />
          <Images />
          <UsersAndMessages now={now} />
          <States />
          <Skeletons />
        </div>
      ))}
    </main>
  )
}

type Input = { request: Request; assets: Assets; now: number }

/** Renders the styleguide to HTML without script. Reads the colours from the site's stylesheet. */
export async function renderStyleguide({ request, assets, now }: Input): Promise<string> {
  await loadErrorMessages()
  const { origin } = new URL(request.url)
  const handler = createStaticHandler([
    { path: STYLEGUIDE.page, element: <Styleguide tokens={tokensIn(assets.css)} now={now} /> },
  ])
  const context = await handler.query(new Request(new URL(STYLEGUIDE.page, origin)))
  if (context instanceof Response) throw new Error('The styleguide leads nowhere')
  const html = renderToString(
    <Document assets={assets} theme="system" state={null} nonce="">
      <App api={createApi(origin, (call) => fetch(call))} queries={new QueryClient()} renderedAt={now}>
        <PlainImageFieldsContext value={PlainImageFields}>
          <StaticRouterProvider
            router={createStaticRouter(handler.dataRoutes, context)}
            context={context}
            hydrate={false}
          />
        </PlainImageFieldsContext>
      </App>
    </Document>,
  )
  return `<!doctype html>${html}`
}
