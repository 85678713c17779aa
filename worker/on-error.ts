import type { Context } from 'hono'
import { errorResponse } from './api/answer-error.ts'
import { AppError } from './contract/app-error.ts'
import { EnvError } from './env.ts'
import type { SiteEnv } from './hono-env.ts'
import { isApi } from './is-api.ts'
import { mediaError } from './media.ts'
import { reportError } from './observe/report.ts'
import { errorPage } from './pages.ts'

/** Answers a failure of the site's app in the form that was asked for: JSON, a page or, of media, a line of text. */
export async function answerFailure(error: Error, c: Context<SiteEnv>): Promise<Response> {
  if (error instanceof EnvError) return misconfigured(error)
  const { context } = c.var
  if (isApi(c.req.path)) return errorResponse(error, context)
  if (!(error instanceof AppError)) return unexpected(error, c)
  if (c.req.path.startsWith('/media/')) return mediaError(error, context)
  if (error.status === 429) context.limited = error
  return errorPage(c.req.raw, context, error).catch((cause: unknown) => unexpected(cause, c))
}

/** A wrong setting makes every answer say so, rather than fail deep inside later. */
function misconfigured({ message }: EnvError): Response {
  console.error(`Bad settings: ${message}`)
  return plainText(`This server is not set up: ${message}.\n`)
}

/** For what nothing else could answer, an error page least of all. */
function unexpected(cause: unknown, { var: { context } }: Context<SiteEnv>): Response {
  reportError(new AppError('internal', { cause }), context)
  return plainText('Something went wrong here. Try again in a moment.\n')
}

const plainText = (text: string) =>
  new Response(text, {
    status: 500,
    headers: { 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8' },
  })
