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
