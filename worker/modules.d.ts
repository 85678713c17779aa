/** The scripts of `vite build` (vite.page-scripts.ts); wrangler builds the client before it bundles the Worker. */
declare module '*/.vite/page-scripts.json' {
  const scripts: { script: string; shared: string[]; pages: Record<string, string[]>; arrival: string[] }
  export default scripts
}

/** The style sheets of `vite build` (vite.sheet.ts). */
declare module '*sheet.json' {
  const sheet: { critical: string; deferred: string; css: string; hash: string }
  export default sheet
}

/** Output of `node sql/function-files.ts`: the Postgres schema of the functions that this build calls. */
declare module '*/dist/functions-schema.json' {
  const functions: { schema: string }
  export default functions
}

/** React's file that worker/jsx-runtime.ts imports: by the package's name it would import itself. */
declare module '*/react/jsx-runtime.js' {
  export { Fragment, jsx, jsxs } from 'react/jsx-runtime'
}
