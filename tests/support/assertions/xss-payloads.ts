import { expect } from 'vitest'
import { restoreBeforePaint } from '../../../client/scroll/before-paint-script.ts'

/** Texts that would run script or break the page if they were not escaped. */
export const XSS_PAYLOADS = [
  '</script><script>alert(1)</script>',
  '</textarea><script>alert(1)</script>',
  '<!--<script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '<svg/onload=alert(1)>',
  '</title><script>alert(1)</script>',
  '{{constructor.constructor("alert(1)")()}}',
  '\u2028alert(1)\u2029',
  'javascript:alert(1)',
  'https://evil.example/"><script>alert(1)</script>',
  '@x"onclick="alert(1)',
  '#x</a><script>alert(1)</script>',
  '&lt;script&gt;',
  '$& $1 $` $$',
  '--> ]]> <![CDATA[<script>alert(1)</script>',
  '\u202ereversed\u2066isolated\u200bzero\u2060width\ufeff',
  '\\u003c/script\\u003e<ScRiPt>alert(1)</sCrIpT >',
]

/** The opening script tags of a page. */
export const scriptTags = (html: string) => html.match(/<script\b[^>]*>/gi) ?? []
/** The tags with an inline event handler. */
export const tagsWithHandlers = (html: string) =>
  html.match(/<[a-z][^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*\son\w+\s*=/gi) ?? []

/** Expects our scripts only, in order: scroll restoration, the page's state, and those of the build. */
export function expectOurScriptsOnly(html: string, viewer: string, path: string): void {
  const scripts = [...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/gi)]
  expect(scriptTags(html), path).toHaveLength(scripts.length)
  const [restoreScroll, state, ...built] = scripts
  expect(restoreScroll?.[1], path).toMatch(/^ nonce="[0-9a-f]{32}"$/)
  expect(restoreScroll?.[2], path).toBe(restoreBeforePaint(viewer))
  expect(state?.[1], path).toBe(' type="application/json" id="state"')
  expect(built.length, path).toBeGreaterThan(0)
  for (const [, attributes, text] of built) {
    expect(attributes, path).toMatch(/^ type="module" src="\/assets\/[\w.-]+\.js" nonce="[0-9a-f]{32}"$/)
    expect(text, path).toBe('')
  }
}

/** The dehydrated state of a page. */
export const readPageState = (html: string) => {
  const json = html.match(/<script type="application\/json" id="state"[^>]*>([\s\S]*?)<\/script>/)?.[1] ?? ''
  return { json, state: JSON.parse(json) as unknown }
}
