import { RULE_SENTENCES } from '../../texts/rules.ts'

/** Radio buttons for the rules of the house, each with its sentence. */
export const RuleChoices = ({ name, chosen }: { name: string; chosen: string | undefined }) =>
  Object.entries(RULE_SENTENCES).map(([rule, sentence]) => (
    <label key={rule}>
      <input type="radio" name={name} value={rule} defaultChecked={chosen === rule} />
      {sentence}
    </label>
  ))
