// The TypeScript projects of client and Node check worker/ too, with the DOM's globals, which conflict with those of Workers.
// So this file declares only the Workers types that worker/ and worker/bindings.d.ts use.
type R2Bucket = import('@cloudflare/workers-types/index.ts').R2Bucket
type RateLimit = import('@cloudflare/workers-types/index.ts').RateLimit
type Tracing = import('@cloudflare/workers-types/index.ts').Tracing
type WorkerVersionMetadata = import('@cloudflare/workers-types/index.ts').WorkerVersionMetadata
/** Takes the DOM's ReadableStream, which differs from Workers' to the compiler. */
type ImagesBinding = {
  [Method in 'info' | 'input']: (
    stream: ReadableStream,
  ) => ReturnType<import('@cloudflare/workers-types/index.ts').ImagesBinding[Method]>
}

declare module 'cloudflare:workers' {
  export const tracing: Tracing
}
