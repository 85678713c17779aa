// The architecture, as the README shows it. `npm run diagram` draws it; a test compares the drawing with this list.

/** A box in a row, from one column to another; both are counted from 0. */
export type Part = {
  name: string
  /** One or two short lines under the name. */
  lines: string[]
  /** The folder or file that holds it, shown in the box. */
  path?: string
  row: number
  columns: [from: number, to: number]
  /** Outside of the Worker: somebody else runs it. */
  isExternal?: true
}

/** An arrow from the box that asks to the box that answers. */
export type Arrow = { from: string; to: string }

/** The columns of the Worker; the next one is outside of it. */
export const WORKER_COLUMNS = 4
const OUTSIDE: [number, number] = [WORKER_COLUMNS, WORKER_COLUMNS]

export const PARTS: Part[] = [
  {
    name: 'Browser',
    lines: ['signed out: HTML and CSS; signed in: React'],
    path: 'client/',
    row: 0,
    columns: [0, 3],
    isExternal: true,
  },
  {
    name: 'Static assets',
    lines: ['no Worker runs'],
    path: 'dist/client/',
    row: 0,
    columns: OUTSIDE,
    isExternal: true,
  },
  {
    name: 'Middleware',
    lines: ['request id, log, security headers, same origin, rate limits'],
    path: 'worker/middleware/',
    row: 1,
    columns: [0, 3],
  },
  {
    name: 'Edge cache',
    lines: ['signed-out GETs, for at most 15 s and never past an expiry'],
    path: 'worker/edge-cache/',
    row: 2,
    columns: [0, 3],
  },
  { name: 'Pages', lines: ['rendered by React'], path: 'worker/pages.ts', row: 3, columns: [0, 0] },
  { name: 'API', lines: ['validates, calls a model, answers'], path: 'worker/api/', row: 3, columns: [1, 2] },
  { name: 'Media', lines: ['avatars, images'], path: 'worker/media.ts', row: 3, columns: [3, 3] },
  { name: 'R2, Images', lines: ['pictures, re-encoded'], row: 3, columns: OUTSIDE, isExternal: true },
  { name: 'Jobs', lines: ['cron, each minute'], path: 'worker/jobs/', row: 4, columns: [0, 0] },
  { name: 'Models', lines: ['typed queries'], path: 'worker/models/', row: 4, columns: [1, 1] },
  { name: 'Auth', lines: ['tokens, throttles'], path: 'worker/auth/', row: 4, columns: [2, 2] },
  { name: 'Cognito', lines: ['accounts, passwords'], row: 4, columns: OUTSIDE, isExternal: true },
  { name: 'Database client', lines: ['one round trip per request'], path: 'worker/db/', row: 5, columns: [0, 3] },
  {
    name: 'Postgres at Neon',
    lines: ['a function per query'],
    path: 'sql/functions/',
    row: 5,
    columns: OUTSIDE,
    isExternal: true,
  },
]

export const ARROWS: Arrow[] = [
  { from: 'Browser', to: 'Static assets' },
  { from: 'Browser', to: 'Middleware' },
  { from: 'Middleware', to: 'Edge cache' },
  { from: 'Edge cache', to: 'Pages' },
  { from: 'Edge cache', to: 'API' },
  { from: 'Edge cache', to: 'Media' },
  { from: 'Pages', to: 'API' },
  { from: 'Media', to: 'R2, Images' },
  { from: 'API', to: 'Models' },
  { from: 'API', to: 'Auth' },
  { from: 'Jobs', to: 'Models' },
  { from: 'Auth', to: 'Cognito' },
  { from: 'Models', to: 'Database client' },
  { from: 'Database client', to: 'Postgres at Neon' },
]
