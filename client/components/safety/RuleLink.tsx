import type { Rule } from '../../../worker/contract/rules.ts'
import { safetyPaths } from '../../routing/safety-paths.ts'
import { RULE_SENTENCES, ruleNumber } from '../../texts/rule-sentences.ts'

/** "Rule 2: It insults, threatens or pursues somebody." The number links to the rule. */
export const RuleLink = ({ rule }: { rule: Rule }) => (
  <>
    <a href={safetyPaths.rule(rule)}>{`Rule ${ruleNumber(rule)}`}</a>: {RULE_SENTENCES[rule]}
  </>
)
