import type { Context } from 'hono'
import { errorResponse } from './api/answer-error.ts'
import { AppError } from './contract/app-error.ts'
import { EnvError } from './env.ts'
import type { SiteEnv } from './hono-env.ts'
import { isApi } from './is-api.ts'
import { mediaError } from './media.ts'
import { reportError } from './observe/report.ts'
import { errorPage } from './pages.ts'

/** Returns the response to an error: JSON for the API, plain text for media, else a page. */
export async function answerFailure(error: Error, c: Context<SiteEnv>): Promise<Response> {
  if (error instanceof EnvError) return misconfigured(error)
  const { context } = c.var
  if (isApi(c.req.path)) return errorResponse(error, context)
  if (!(error instanceof AppError)) return unexpected(error, c)
  if (c.req.path.startsWith('/media/')) return mediaError(error, context)
  if (error.status === 429) context.rateLimitError = error
  return errorPage(c.req.raw, context, error).catch((cause: unknown) => unexpected(cause, c))
}

/** Answers every request with the invalid settings, instead of failing later somewhere inside. */
function misconfigured({ message }: EnvError): Response {
  console.error(`Bad settings: ${message}`)
  return plainText(`This server is not set up: ${message}.\n`)
}

/** Returns a plain-text 500 for unexpected errors, also of the error page itself. */
function unexpected(cause: unknown, { var: { context } }: Context<SiteEnv>): Response {
  reportError(new AppError('internal', { cause }), context)
  return plainText('Something went wrong here. Try again in a moment.\n')
}

const plainText = (text: string) =>
  new Response(text, {
    status: 500,
    headers: { 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8' },
  })
