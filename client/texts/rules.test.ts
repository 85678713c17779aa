import { expect, it } from 'vitest'
import { RULES } from '../../worker/contract/rules.ts'
import { HOUSE_RULES } from './house-rules.ts'
import { RULE_SENTENCES, ruleNumber } from './rules.ts'

it('lists the rules in the order of their numbers', () => {
  expect(Object.keys(RULE_SENTENCES)).toEqual(RULES)
  expect(Object.keys(HOUSE_RULES)).toEqual(RULES)
  expect(RULES.map(ruleNumber)).toEqual(RULES.map((_, index) => index + 1))
})
