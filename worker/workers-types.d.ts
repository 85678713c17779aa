// The programs of the client and of Node check worker/ too. They have the DOM's globals, which those of Workers contradict:
// only the names that worker/ and worker/bindings.d.ts use come from there.
type R2Bucket = import('@cloudflare/workers-types/index.ts').R2Bucket
type RateLimit = import('@cloudflare/workers-types/index.ts').RateLimit
type Tracing = import('@cloudflare/workers-types/index.ts').Tracing
type WorkerVersionMetadata = import('@cloudflare/workers-types/index.ts').WorkerVersionMetadata
/** It takes Workers' streams, which the DOM's are not to the compiler. */
type ImagesBinding = {
  [Method in 'info' | 'input']: (
    stream: ReadableStream,
  ) => ReturnType<import('@cloudflare/workers-types/index.ts').ImagesBinding[Method]>
}

declare module 'cloudflare:workers' {
  export const tracing: Tracing
}
