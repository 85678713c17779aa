/** Manifest of `vite build`; wrangler builds the client before it bundles the Worker. */
declare module '*/.vite/manifest.json' {
  const manifest: Record<string, { file: string; css?: string[]; imports?: string[]; isEntry?: boolean }>
  export default manifest
}

/** The style sheets of `vite build` (vite.sheet.ts). */
declare module '*sheet.json' {
  const sheet: { first: string; later: string; css: string; hash: string }
  export default sheet
}

/** Output of `node sql/function-files.ts`: the Postgres schema of the functions that this build calls. */
declare module '*/dist/functions-schema.json' {
  const functions: { schema: string }
  export default functions
}

/** Of worker/jsx-runtime.ts, which must not import itself. */
declare module '*/react/jsx-runtime.js' {
  export { Fragment, jsx, jsxs } from 'react/jsx-runtime'
}
