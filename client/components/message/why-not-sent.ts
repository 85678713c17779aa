import { ERROR_STATUS, type ErrorCode, type ErrorItem } from '../../../worker/contract/error.ts'
import { sentence } from '../../lib/sentences.ts'

/** What is wrong with the words themselves; the person sees that at once. */
const OF_THE_WORDS = new Set<ErrorCode>(['message_blank', 'message_exceed_max_chars_1024', 'message_invalid'])

/** What is said beside the box when a message was not sent. */
export function whyNotSent(errors: readonly ErrorItem[] | undefined): string | undefined {
  const [item] = errors ?? []
  if (!item) return undefined
  if (OF_THE_WORDS.has(item.code)) return sentence(item.code)
  if (typeof navigator !== 'undefined' && navigator.onLine === false) return 'You are offline. Your words are safe.'
  // The conversation or the person cannot be reached any more, whatever the reason: it is not told.
  if (item.code === 'not_found' || item.code === 'recipient_unreachable')
    return 'Not sent. You cannot write to each other.'
  if (ERROR_STATUS[item.code] >= 500) return 'Not sent. It is kept here; try again.'
  return `Not sent. It is kept here. ${sentence(item.code)}`
}
