import type { ReactNode } from 'react'
import type { Theme } from '../worker/contract/limits.ts'
import { themeColorMedia } from './ui/theme.ts'

/** What a page is drawn and run with; scripts and the sheet by their hashed names. */
export type Assets = { script: string; preload: string[]; sheet: string; css: string }

type DocumentProps = {
  assets: Assets
  /** What the reader has chosen. */
  theme: Theme
  /** What the browser goes on from, as JSON; null: the page carries no script. */
  state: string | null
  /** Puts the window where its reader was; a text of ours. */
  early?: string
  nonce: string
  children: ReactNode
}

/** The HTML around the app. Written at the edge only: the browser takes over what is in #app. */
export function Document({ assets, theme, state, early, nonce, children }: DocumentProps) {
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
        {/* Signed out, a page is painted from its first response. Signed in, the sheet is in the browser's cache already. */}
        {state ? <link rel="stylesheet" href={assets.sheet} /> : <style>{assets.css}</style>}
        {state && [assets.script, ...assets.preload].map((href) => <link key={href} rel="modulepreload" href={href} />)}
      </head>
      <body>
        <div id="app">{children}</div>
        {state && (
          <>
            {/* biome-ignore lint/security/noDangerouslySetInnerHtml: no part of it is anybody's text */}
            <script nonce={nonce} dangerouslySetInnerHTML={{ __html: early ?? '' }} />
            <script type="application/json" id="state" suppressHydrationWarning>
              {state}
            </script>
            {/* Not async: React would put it into the head, to run before the state is there. */}
            <script type="module" src={assets.script} nonce={nonce} />
          </>
        )}
      </body>
    </html>
  )
}
