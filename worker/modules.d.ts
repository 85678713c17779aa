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

/** What `node sql/function-files.ts` wrote: the schema of the functions that this build calls. */
declare module '*/dist/functions-schema.json' {
  const functions: { schema: string }
  export default functions
}

/** What we use of Node's, which Workers have with `nodejs_compat`. */
declare module 'node:async_hooks' {
  export class AsyncLocalStorage<T> {
    run<R>(store: T, callback: () => R): R
    getStore(): T | undefined
  }
}

/** Spans of Workers' own traces: https://developers.cloudflare.com/workers/observability/traces/. */
declare module 'cloudflare:workers' {
  export const tracing: { enterSpan<T>(name: string, callback: () => T): T }
}
