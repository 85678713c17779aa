/** Files of `vite build` by page (vite.chunks.ts); wrangler builds the client before it bundles the Worker. */
declare module '*/.vite/chunks.json' {
  const chunks: { entry: string[]; pages: Record<string, string[] | undefined> }
  export default chunks
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
