import type { ErrorItem } from '../../worker/contract/error.ts'

/** Shown while error-messages.ts is not loaded. */
const FALLBACK = 'That didn’t work. Try again in a moment.'
export const NOT_SENT = 'Not sent. It is kept here; try again.'

let loaded: Pick<typeof import('./error-messages.ts'), 'messageOfCode' | 'sendFailureMessageOf'> | undefined

/** Loads error-messages.ts, which no page needs before an error. */
export async function loadErrorMessages(): Promise<void> {
  loaded ??= await import('./error-messages.ts')
}

/** The same before an error is shown. Never rejects: offline the fallback is shown. */
export const tryLoadErrorMessages = (): Promise<void> => loadErrorMessages().catch(() => {})

/** Returns the message of an error code. `until`: when the limit that was reached ends, if the error is about one. */
export const errorMessage = (code: string, until?: string): string => loaded?.messageOfCode(code, until) ?? FALLBACK

/** Returns the message for a text that was not sent. */
export const sendFailureMessage = (item: ErrorItem): string => loaded?.sendFailureMessageOf(item) ?? NOT_SENT
