import type { ReactNode } from 'react'
import type { Theme } from '../worker/contract/theme.ts'
import { TAGLINE } from './components/layout/Landing.tsx'
import { themeColorMedia } from './ui/theme.ts'

/** Scripts and styles of a page. */
export type Assets = {
  /** URL of the app's script. */
  script: string
  /** URLs of the scripts that the page imports. */
  imported: string[]
  /** Signed in: URLs of the style sheets that the first paint waits for. */
  sheets: string[]
  /** Signed in: URL of a style sheet for other pages, and for what script adds to this one. */
  deferredSheet: string | null
  /** Signed out: the CSS itself. */
  css: string
}

type DocumentProps = {
  assets: Assets
  theme: Theme
  /** The page's state as JSON (page-state.ts); null for a page without script. */
  state: string | null
  /** Script that runs before the first paint: restores the scroll position. */
  inlineScript?: string
  nonce: string
  children: ReactNode
}

/** The HTML document. Rendered at the edge only: the browser hydrates #app. */
export function Document({ assets, theme, state, inlineScript, nonce, children }: DocumentProps) {
  return (
    <html lang="en" data-theme={theme === 'system' ? undefined : theme} style={{ '--age': 0 } as object}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="dark light" />
        <meta name="theme-color" content="#0c0714" media={themeColorMedia('dark', theme)} />
        <meta name="theme-color" content="#fbf9ff" media={themeColorMedia('light', theme)} />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
        <link rel="manifest" href="/site.webmanifest" />
        {/* A page for visitors has a description of its own (SharingTags). */}
        {state && <meta name="description" content={TAGLINE} />}
        {/* Signed out, the CSS is inline, so that the first response can be painted. Signed in, the browser has it cached. */}
        {state ? (
          assets.sheets.map((href) => <link key={href} rel="stylesheet" href={href} />)
        ) : (
          <style>{assets.css}</style>
        )}
      </head>
      <body>
        <div id="app">{children}</div>
        {state && (
          <>
            {/* biome-ignore lint/security/noDangerouslySetInnerHtml: it contains no user input */}
            <script nonce={nonce} dangerouslySetInnerHTML={{ __html: inlineScript ?? '' }} />
            {/* At the end of the body it delays only the scripts, which run once the page has all styles. */}
            {assets.deferredSheet && <link rel="stylesheet" href={assets.deferredSheet} />}
            <script type="application/json" id="state" suppressHydrationWarning>
              {state}
            </script>
            {/* Here, and not preloaded in the head, so that they do not slow down the style sheet, which the first paint waits for.
                The app's own is last; the libraries run in a task before. Not async: React would hoist them into the head. */}
            {[...assets.imported, assets.script].map((src) => (
              <script key={src} type="module" src={src} nonce={nonce} />
            ))}
          </>
        )}
      </body>
    </html>
  )
}
