import type { Rule } from '../../worker/contract/rules.ts'

/** Each rule of the house as a sentence about what breaks it. A report’s `reason` and a decision’s `rule` are both one of these rules. */
export const RULE_SENTENCES: Record<Rule, string> = {
  child_abuse: 'It shows or promotes child sexual abuse or exploitation.',
  harassment: 'It insults, threatens or pursues somebody.',
  hate: 'It attacks people for who they are.',
  violence: 'It calls for violence, or celebrates it.',
  self_harm: 'It encourages people to harm themselves.',
  sexual: 'It shows nudity or sex without a warning, or without consent.',
  privacy: 'It gives away what somebody wants to keep private.',
  impersonation: 'It pretends to be somebody else.',
  spam: 'It is spam, a scam, or the same over and over.',
  illegal: 'It is against the law in another way.',
  other: 'Something else is wrong with it.',
}

/** Returns the number of a rule on the page of rules, from 1. */
export const ruleNumber = (rule: Rule): number => Object.keys(RULE_SENTENCES).indexOf(rule) + 1
