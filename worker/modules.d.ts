/** The scripts of each page of `vite build` (vite.pages.ts); wrangler builds the client before it bundles the Worker. */
declare module '*/.vite/pages.json' {
  const pages: { script: string; preload: string[]; pages: Record<string, string[]> }
  export default pages
}

/** The style sheet of `vite build` (vite.sheet.ts). */
declare module '*sheet.json' {
  const sheet: { href: string; css: string; hash: string }
  export default sheet
}

/** Output of `node sql/function-files.ts`: the Postgres schema of the functions that this build calls. */
declare module '*/dist/functions-schema.json' {
  const functions: { schema: string }
  export default functions
}
