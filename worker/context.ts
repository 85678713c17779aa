import { browserOf } from './auth/browser.ts'
import {
  clearedCookies,
  isSessionCookie,
  type ReceivedCookies,
  readSessionCookies,
} from './auth/cookies/session-cookies.ts'
import { readSignedCookie } from './auth/cookies/signed-cookies.ts'
import { bearerSession, cookieSession, type RequestSession, signedOutSession } from './auth/session.ts'
import { clientIpOf } from './client-ip.ts'
import type { AppError } from './contract/app-error.ts'
import { Db, type Reader } from './db/client.ts'
import type { Env } from './env.ts'
import { nudge } from './live/nudge.ts'
import { sendPushes } from './live/push.ts'
import { reportFailedPart } from './observe/report.ts'
import { span } from './observe/span.ts'

/**
 * Everything that serving one request needs. A page passes its context to its in-process API calls, so that the session is
 * resolved once and reads of one turn of the event loop share a batch.
 */
export type RequestContext = {
  settings: Env
  db: Db
  /** Set when a page is rendered, which calls the API in process: see api/skip-serialization.ts. */
  isPage?: boolean
  /** Set for an in-process API call for an optional part of a page. */
  isOptionalPart?: boolean
  requestId: string
  /** The route's pattern, such as /api/activities/:uuid; undefined until it is matched. */
  route: string | undefined
  /** The request has an Authorization header: cookies are ignored, and the response sets none. */
  hasAuthorization: boolean
  /** Name of the browser, such as "Firefox on Android". */
  browser: string
  /** Returns the session, resolved at the first call; rejects for an invalid Authorization header. */
  session: () => Promise<RequestSession>
  /** Returns the session cookies, read at the first call; tokens are not verified. */
  receivedCookies: () => Promise<ReceivedCookies>
  /** Treats the request as signed out from now on: its session has ended although the token still verifies. */
  endSession: () => void
  /** Returns the session before endSession; undefined if that was not called. */
  endedSession: () => Promise<RequestSession> | undefined
  /** Replaces all Set-Cookie values of session cookies by these. */
  setSessionCookies: (cookies: string[]) => void
  /** Returns the content of a signed cookie; undefined if it is missing or its signature is wrong. */
  signedCookie: (name: string) => Promise<string | undefined>
  /** Set-Cookie values for the response. */
  setCookies: string[]
  waitUntil: (work: Promise<unknown>) => void
  /** The client IP that rate limits count by; null for a loopback address. */
  clientIp: string | null
  /** The error of a rate limit, if the request exceeded one. */
  rateLimitError: AppError | undefined
}

/** The part of the runtime's ExecutionContext that a request needs. */
export type Execution = { waitUntil(work: Promise<unknown>): void }

export function createContext(
  request: Request,
  env: Env,
  execution: Execution,
  requestId: string = crypto.randomUUID(),
): RequestContext {
  const authorization = request.headers.get('authorization')
  const browser = browserOf(request)
  let session: Promise<RequestSession> | undefined
  let receivedCookies: Promise<ReceivedCookies> | undefined
  let ended: Promise<RequestSession> | undefined
  const readSession = async () =>
    authorization === null
      ? cookieSession(env, await context.receivedCookies(), context.waitUntil)
      : bearerSession(env, authorization)
  const context: RequestContext = {
    settings: env,
    requestId,
    route: undefined,
    setCookies: [],
    clientIp: clientIpOf(request),
    rateLimitError: undefined,
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
    receivedCookies: () => {
      receivedCookies ??= readSessionCookies(env, request)
      return receivedCookies
    },
    endSession: () => {
      if (ended) return
      ended = context.session()
      session = Promise.resolve(signedOutSession())
      context.db.viewer = null
      context.setSessionCookies(clearedCookies())
    },
    endedSession: () => ended,
    setSessionCookies: (cookies) => {
      const others = context.setCookies.filter((cookie) => !isSessionCookie(cookie))
      context.setCookies.splice(0, Number.POSITIVE_INFINITY, ...others, ...cookies)
    },
    db: new Db({
      databaseUrl: env.databaseUrl,
      neonEndpoint: env.neonEndpoint,
      browser,
      onSessionEnded: () => context.endSession(),
      onNudged: (nudged) => {
        nudge(
          context,
          nudged.map(({ user_uuid }) => user_uuid),
          { kind: 'notification' },
        )
        sendPushes(
          context,
          nudged.flatMap(({ push }) => push ?? []),
        )
      },
      onPartFailed: (name, cause) => reportFailedPart(name, cause, context),
    }),
  }
  return context
}

/** Returns the reader for a route that pages use as an optional part: then its reads fail alone. */
export const readerOf = ({ db, isOptionalPart }: RequestContext): Reader => (isOptionalPart ? db.optional : db)
