import type { ClientError } from '../../worker/contract/client-error.ts'
import { type Api, ApiError } from './api.ts'

/** Reports per page load at most; more would repeat the same error. */
const MAX_REPORTS = 3
/** Stack frames per report at most, as in the contract. */
const MAX_FRAMES = 20

let reports = 0

/** Reports an error in the browser, without its message, which can contain user input. */
export async function reportClientError(api: Api, error: unknown, route: string): Promise<void> {
  // The API logs its own errors.
  if (reports >= MAX_REPORTS || !(error instanceof Error) || error instanceof ApiError) return
  reports += 1
  // A failed report must not cause another.
  await api['client-errors'].$post({ json: toClientError(error, route, location.origin) }).catch(() => {})
}

/** Returns the report of an error: its name, and the stack frames in the app's own files. */
export function toClientError({ name, stack }: Error, route: string, origin: string): ClientError {
  const frames = (stack ?? '').split('\n').flatMap((line) => toFrame(line.trim(), origin) ?? [])
  return { name: /^[A-Za-z]\w{0,59}$/.test(name) ? name : 'Error', route, frames: frames.slice(0, MAX_FRAMES) }
}

/** Parses "at name (url:line:column)" of Chromium and "name@url:line:column" of Firefox and Safari. */
function toFrame(line: string, origin: string): string | undefined {
  const [, chromium, firefox, url = ''] = /^(?:at (?:(.*?) )?\(?|(.*?)@)(https?:\S+?)\)?$/.exec(line) ?? []
  const location = url.startsWith(`${origin}/assets/`) ? url.slice(origin.length) : ''
  if (!/^\/assets\/[\w.-]{1,100}\.js:\d{1,7}:\d{1,7}$/.test(location)) return undefined
  const name = (chromium ?? firefox ?? '').replace(/[^\w$.<>[\] ]/g, '').slice(0, 80)
  return name ? `at ${name} (${location})` : `at ${location}`
}
