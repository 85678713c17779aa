import * as z from 'zod/mini'

/**
 * The rules of the house. A report’s `reason` and a decision’s `rule` are both one of these codes. client/texts/rule-sentences.ts has a
 * sentence for each.
 */
export const RULES = [
  'child_abuse',
  'harassment',
  'hate',
  'violence',
  'self_harm',
  'sexual',
  'privacy',
  'impersonation',
  'spam',
  'illegal',
  'other',
] as const
export type Rule = (typeof RULES)[number]
export const rule = z.enum(RULES, { error: 'rule_blank' })
