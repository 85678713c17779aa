import { FAILED_SIGN_INS_BEFORE_NOTICE } from '../../worker/contract/limits.ts'
import type { PushPayload } from '../../worker/contract/push.ts'

/**
 * Returns what a notification says, without who did it: "liked your crud"; a whole sentence for kinds that nobody did. `yours`: what
 * was liked or reposted.
 */
export function notificationWords(kind: PushPayload['kind'], yours: 'your crud' | 'your reply'): string {
  switch (kind) {
    case 'like':
      return `liked ${yours}`
    case 'repost':
      return `reposted ${yours}`
    case 'reply':
      return 'replied to you'
    case 'mention':
      return 'mentioned you'
    case 'follow':
      return 'followed you'
    case 'follow_request':
      return 'asked to follow you'
    case 'message':
      return 'sent you a message'
    case 'security':
      return `Someone tried ${FAILED_SIGN_INS_BEFORE_NOTICE} wrong passwords on your account.`
    case 'report':
      return 'What you reported was decided.'
    case 'statement':
      return 'A moderator decided about you or something of yours.'
  }
}
