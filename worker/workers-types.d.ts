// For client/tsconfig.json and local/tsconfig.json (all that runs in Node), which check the files of worker/ that they import. With
// @cloudflare/workers-types, fetch and Response would have the Workers' types in their own files too. So this file declares only what
// worker/ uses of it. worker/tsconfig.json has @cloudflare/workers-types itself, and the DOM for the pages that the Worker renders.
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

/** The parts of Durable Objects and their WebSockets that worker/live uses. */
interface DurableObjectState {
  acceptWebSocket(socket: WebSocket): void
  getWebSockets(): WebSocket[]
  setWebSocketAutoResponse(pair: WebSocketRequestResponsePair): void
}
type DurableObjectNamespace<T> = {
  getByName(name: string): {
    [Method in keyof T]: T[Method] extends (...args: infer Args) => infer Result
      ? (...args: Args) => Promise<Awaited<Result>>
      : never
  }
}
declare class WebSocketRequestResponsePair {
  constructor(request: string, response: string)
}
declare const WebSocketPair: new () => { 0: WebSocket; 1: WebSocket }
interface WebSocket {
  serializeAttachment(value: unknown): void
  deserializeAttachment(): unknown
}
interface ResponseInit {
  webSocket?: WebSocket
}

declare module 'cloudflare:workers' {
  export const tracing: Tracing
  export abstract class DurableObject<Env> {
    protected ctx: DurableObjectState
    protected env: Env
    constructor(ctx: DurableObjectState, env: Env)
    fetch?(request: Request): Response | Promise<Response>
    webSocketMessage?(socket: WebSocket, message: string | ArrayBuffer): void | Promise<void>
  }
}
