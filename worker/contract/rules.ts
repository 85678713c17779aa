import * as z from 'zod/mini'

/** The rules of the house: reasons of a report, and what a decision refers to. client/texts/rules.ts has a sentence for each. */
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
