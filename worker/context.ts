import { browserOf } from './auth/browser.ts'
import { bearerSession, cookieSession, type Session, signedOut } from './auth/session.ts'
import { clearedCookies, type HeldCookies, isSessionCookie, readSessionCookies } from './auth/session-cookies.ts'
import { readSignedCookie } from './auth/signed-cookies.ts'
import { clientIpOf } from './client-ip.ts'
import type { AppError } from './contract/app-error.ts'
import { Db, type Reader } from './db/client.ts'
import type { Env } from './env.ts'
import { reportFailedPart } from './observe/report.ts'
import { span } from './observe/span.ts'

/**
 * Everything that serving one request needs, made once: a document hands its own to the API calls that it makes, so the
 * viewer is resolved once and the queries of a turn go as one batch.
 */
export type RequestContext = {
  env: Env
  db: Db
  /** It is a page, which asks the API in process: see api/hand-over.ts. */
  isPage?: boolean
  /** The API is asked for a part that a page can do without. */
  isOptionalPart?: boolean
  requestId: string
  /** The pattern of the route, such as /api/activities/:uuid, once it is known. */
  route: string | undefined
  /** It has an Authorization header, which then says alone who it comes from; its answer sets no cookie. */
  hasAuthorization: boolean
  /** Kind of browser, such as "Firefox on Android". */
  browser: string
  /** Resolved at the first call; rejects for a bad Authorization header. */
  session: () => Promise<Session>
  /** The session's cookies as they came, read at the first call; nobody is asked whether they are good. */
  heldCookies: () => Promise<HeldCookies>
  /** From here on the request is somebody signed out: the session was ended although its token still verifies. */
  endSession: () => void
  /** What was the session until endSession; undefined while it goes on. */
  endedSession: () => Promise<Session> | undefined
  /** Puts these Set-Cookie values in place of all that the answer says of the session so far. */
  setSessionCookies: (cookies: string[]) => void
  /** The content of one of our signed cookies on the request; undefined if it is missing or was not made by us. */
  signedCookie: (name: string) => Promise<string | undefined>
  /** Set-Cookie values for the answer: of a refresh in passing, of signing in and out. */
  setCookies: string[]
  waitUntil: (work: Promise<unknown>) => void
  /** The client IP that rate limits count by; null on this machine. */
  clientIp: string | null
  /** Set when this request was refused as one too many. */
  limited: AppError | undefined
}

/** The part of the runtime's execution context that a request needs; Hono's own type of it is wider. */
export type Execution = { waitUntil(work: Promise<unknown>): void }

export function createContext(
  request: Request,
  env: Env,
  execution: Execution,
  requestId: string = crypto.randomUUID(),
): RequestContext {
  const authorization = request.headers.get('authorization')
  const browser = browserOf(request)
  let session: Promise<Session> | undefined
  let held: Promise<HeldCookies> | undefined
  let ended: Promise<Session> | undefined
  const readSession = async () =>
    authorization === null
      ? cookieSession(env, await context.heldCookies(), context.waitUntil)
      : bearerSession(env, authorization)
  const context: RequestContext = {
    env,
    requestId,
    route: undefined,
    setCookies: [],
    clientIp: clientIpOf(request),
    limited: undefined,
    signedCookie: (name) => readSignedCookie(env, request, name),
    waitUntil: (work) => execution.waitUntil(work),
    hasAuthorization: authorization !== null,
    browser,
    session: () => {
      session ??= span('session', {}, readSession).then((read) => {
        context.setSessionCookies(read.setCookies)
        context.db.viewer = read.viewer
        return read
      })
      return session
    },
    heldCookies: () => {
      held ??= readSessionCookies(env, request)
      return held
    },
    endSession: () => {
      if (ended) return
      ended = context.session()
      session = Promise.resolve(signedOut())
      context.db.viewer = null
      context.setSessionCookies(clearedCookies())
    },
    endedSession: () => ended,
    setSessionCookies: (cookies) => {
      const others = context.setCookies.filter((one) => !isSessionCookie(one))
      context.setCookies.splice(0, Number.POSITIVE_INFINITY, ...others, ...cookies)
    },
    db: new Db({
      databaseUrl: env.databaseUrl,
      neonEndpoint: env.neonEndpoint,
      browser,
      onSessionEnded: () => context.endSession(),
      onPartFailed: (name, cause) => reportFailedPart(name, cause, context),
    }),
  }
  return context
}

/** What a route reads with that a page may ask for as an optional part. */
export const readerOf = ({ db, isOptionalPart }: RequestContext): Reader => (isOptionalPart ? db.optional : db)
