import { onlineManager } from '@tanstack/react-query'
import { ApiError } from '../net/api.ts'
import { sentence } from './sentences.ts'

/** Returns the sentence for an error of any kind. */
export const errorSentence = (error: unknown): string => {
  const item = error instanceof ApiError ? error.data.errors[0] : undefined
  return sentence(item?.code ?? 'internal', item?.until)
}

/** Returns what did not happen with its reason: "You’re offline. Your like wasn’t saved." */
export const failureSentence = (outcome: string, error: unknown): string =>
  onlineManager.isOnline() ? `${outcome} ${errorSentence(error)}` : `You’re offline. ${outcome}`
