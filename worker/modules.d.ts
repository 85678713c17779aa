/** SQL files are bundled as text (wrangler's own rule for `.sql`; `sql-text` in the vitest and vite configs). */
declare module '*.sql' {
  const text: string
  export default text
}

/** What `vite build` wrote; wrangler builds the client before it bundles the Worker. */
declare module '*/.vite/manifest.json' {
  const manifest: Record<string, { file: string; css?: string[]; imports?: string[]; isEntry?: boolean }>
  export default manifest
}
