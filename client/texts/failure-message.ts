import { onlineManager } from '@tanstack/react-query'
import { ApiError } from '../net/api.ts'
import { errorMessage } from './lazy-error-messages.ts'

/** Returns the message of whatever was thrown: of its first error code if it is the API’s. */
export const messageOfError = (error: unknown): string => {
  const item = error instanceof ApiError ? error.data.errors[0] : undefined
  return errorMessage(item?.code ?? 'internal', item?.until)
}

/** Returns what did not happen with its reason: "You’re offline. Your like wasn’t saved." */
export const failureMessage = (outcome: string, error: unknown): string =>
  onlineManager.isOnline() ? `${outcome} ${messageOfError(error)}` : `You’re offline. ${outcome}`
