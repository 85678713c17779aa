import { addressOf } from './address.ts'
import { provision } from './auth/provision.ts'
import { clearedCookies, readSession, type Session, signedOut } from './auth/session.ts'
import { readSignedCookie } from './auth/signed-cookies.ts'
import type { AppError } from './contract/app-error.ts'
import { Db } from './db/client.ts'
import type { Env } from './env.ts'
import { beginTrace, span, type Trace } from './observe/trace.ts'

/**
 * Everything that serving one request needs, made once: a document hands its own to the API calls that it makes, so the
 * viewer is resolved once and the queries of a turn go as one batch.
 */
export type RequestContext = {
  env: Env
  db: Db
  requestId: string
  trace: Trace
  /** The pattern of the address, such as /api/activities/:uuid, once it is known. */
  route: string | undefined
  /** Resolved at the first call; rejects for a bad Authorization header. */
  session: () => Promise<Session>
  /** From here on the request is somebody signed out: the session was ended although its token still verifies. */
  endSession: () => void
  sessionEnded: () => boolean
  /** The content of one of our signed cookies on the request; undefined if it is missing or was not made by us. */
  signedCookie: (name: string) => Promise<string | undefined>
  /** Set-Cookie values for the answer: of a refresh in passing, of signing in and out. */
  setCookies: string[]
  waitUntil: (work: Promise<unknown>) => void
  /** Whom limits of an address count for; null on this machine. */
  address: string | null
  /** Why the request goes no further, whichever part answers it. */
  refusal: AppError | undefined
  /** Set when this request was refused as one too many. */
  limited: AppError | undefined
  /** Milliseconds since the epoch. */
  startedAt: number
}

/** What we use of the runtime's execution context. */
export type Execution = { waitUntil(work: Promise<unknown>): void }

export function createContext(request: Request, env: Env, execution: Execution): RequestContext {
  let session: Promise<Session> | undefined
  let ended = false
  const context: RequestContext = {
    env,
    requestId: crypto.randomUUID(),
    trace: beginTrace(request),
    route: undefined,
    setCookies: [],
    address: addressOf(request),
    refusal: undefined,
    limited: undefined,
    startedAt: Date.now(),
    signedCookie: (name) => readSignedCookie(env, request, name),
    waitUntil: (work) => execution.waitUntil(work),
    session: () => {
      session ??= span('session', {}, () => readSession(env, request, context.waitUntil)).then((read) => {
        context.setCookies.push(...read.setCookies)
        return read
      })
      return session
    },
    endSession: () => {
      ended = true
      session = Promise.resolve(signedOut())
      context.setCookies.push(...clearedCookies())
    },
    sessionEnded: () => ended,
    db: new Db({
      databaseUrl: env.databaseUrl,
      neonEndpoint: env.neonEndpoint,
      provision: async () => provision(env, await context.session()),
    }),
  }
  return context
}
