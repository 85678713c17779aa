import { expect, it } from 'vitest'
import { RULES } from '../../worker/contract/rules.ts'
import { RULE_SENTENCES, ruleNumber } from './rule-sentences.ts'
import { RULES_IN_FULL } from './rules-in-full.ts'

it('lists the rules in the order of their numbers', () => {
  expect(Object.keys(RULE_SENTENCES)).toEqual(RULES)
  expect(Object.keys(RULES_IN_FULL)).toEqual(RULES)
  expect(RULES.map(ruleNumber)).toEqual(RULES.map((_, index) => index + 1))
})
