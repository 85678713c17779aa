import type { Rule } from '../../../worker/contract/rules.ts'
import { DAY, HOUR } from './time.ts'

/** A report of the seed. What was reported is a crud by `about`, or the user `about` if there is no `message`. */
export interface Report {
  /** What the reporter looks the answer up by; also finds the report in the next run of the seed. */
  reference: string
  /** Who reports; null: somebody signed out. */
  by: string | null
  signedOut?: { name: string; email: string }
  about: string
  message?: string
  reason: Rule
  note?: string
  /** Age in minutes. */
  age: number
  /** What the moderator decided; left out: it waits. */
  decided?: { action: 'dismiss' | 'delete'; rule: Rule; statement: string; age: number; appeal?: string }
}

/** Reports in every state. All but the first are about cruds that have ended: moderators see the sealed copy alone. */
export const REPORTS: Report[] = [
  {
    reference: 'SEED-WAN7-ED00',
    by: 'nils',
    about: 'tolliver',
    message:
      'Wanted: crew of three for a short voyage. Must bring sandwiches. Destination will be explained by the sandwiches.',
    reason: 'spam',
    note: 'He puts this up every month. Nobody has come back with the sandwiches.',
    age: 5 * HOUR,
  },
  {
    reference: 'SEED-CAP7-A1N0',
    by: 'fenwick',
    about: 'tolliver',
    reason: 'impersonation',
    note: 'There is no Captain Tolliver in the harbour book.',
    age: 4 * HOUR,
  },
  {
    reference: 'SEED-R00M-4000',
    by: null,
    signedOut: { name: 'Hedda Lund', email: 'hedda.lund@example.com' },
    about: 'dusk_radio',
    message: 'Tonight’s song is for room 4 at the Anchor, where the window never shuts and the lamp is on until three.',
    reason: 'privacy',
    note: 'That is my room.',
    age: HOUR + 10,
  },
  {
    reference: 'SEED-G0AT-0001',
    by: 'wickhart',
    about: 'okonjo',
    message: 'Daylight saving is theft, and I know who has the hour.',
    reason: 'other',
    age: 3 * DAY,
    decided: { action: 'dismiss', rule: 'other', statement: '', age: 2 * DAY },
  },
  {
    reference: 'SEED-BAK0-EC1A',
    by: 'marisol',
    about: 'bayko',
    message:
      'Whoever bakes at four in the morning below a sleeping man has no heart, and I will say so under every window.',
    reason: 'harassment',
    note: 'He means me. I have to bake at four.',
    age: 2 * DAY,
    decided: {
      action: 'delete',
      rule: 'harassment',
      statement: 'It is about one person, whom everybody in town recognizes, and promises to go on.',
      age: DAY + 2 * HOUR,
      appeal: 'It was a joke between neighbours. She laughed, and gave me the éclair.',
    },
  },
]
