import type { Rule } from '../../../worker/contract/rules.ts'
import { safetyPaths } from '../../routing/safety-paths.ts'
import { RULE_SENTENCES, ruleNumber } from '../../texts/rules.ts'
import { PageLink } from '../../ui/PageLink.tsx'

/** "Rule 2: It insults, threatens or pursues somebody." The number links to the rule. */
export const RuleLink = ({ rule }: { rule: Rule }) => (
  <>
    <PageLink to={safetyPaths.rules(rule)}>{`Rule ${ruleNumber(rule)}`}</PageLink>: {RULE_SENTENCES[rule]}
  </>
)
