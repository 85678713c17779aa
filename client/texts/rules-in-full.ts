import type { Rule } from '../../worker/contract/rules.ts'

/** What /rules says about each rule of the house. rule-sentences.ts has one short sentence for each. */
export const RULES_IN_FULL: Record<Rule, { title: string; text: string }> = {
  child_abuse: {
    title: 'No child sexual abuse or exploitation',
    text: 'Nothing that shows, promotes or excuses it, in pictures or in words. We tell the police.',
  },
  harassment: {
    title: 'Don’t go after people',
    text: 'Don’t insult, threaten or pursue anybody, and don’t get others to do it.',
  },
  hate: {
    title: 'No hate',
    text: 'Don’t attack people for who they are: where they come from, what they believe, whom they love, how old they are, what they can’t do.',
  },
  violence: { title: 'No call for violence', text: 'Don’t call for it, threaten it or celebrate it.' },
  self_harm: {
    title: 'Don’t push people towards self-harm',
    text: 'Don’t encourage it or explain how. You may say that you are not well.',
  },
  sexual: {
    title: 'Nudity and sex behind a warning',
    text: 'Put a content warning on it, and show only adults who have agreed to be shown.',
  },
  privacy: {
    title: 'Keep private things private',
    text: 'Don’t give away addresses, numbers, messages or pictures that somebody wants to keep to themselves.',
  },
  impersonation: {
    title: 'Be yourself',
    text: 'Don’t pretend to be somebody else. A joke account is fine if nobody can mistake it.',
  },
  spam: { title: 'No spam', text: 'No scams, no bulk messages, and not the same thing over and over.' },
  illegal: { title: 'Nothing against the law', text: 'Whatever else the law forbids, it forbids here too.' },
  other: {
    title: 'Nothing else that does harm',
    text: 'Rules can’t foresee everything. A moderator who acts on this one says what did harm, and how.',
  },
}
