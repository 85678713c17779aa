import { RULE_SENTENCES } from '../../texts/rule-sentences.ts'

type RuleChoicesProps = {
  name: string
  chosen: string | undefined
  /** The form was refused since no rule was chosen: a new document focuses the first. */
  isMissing?: boolean
}

/** Radio buttons for the rules of the house, each with its sentence. */
export const RuleChoices = ({ name, chosen, isMissing = false }: RuleChoicesProps) =>
  Object.entries(RULE_SENTENCES).map(([rule, sentence], index) => (
    <label key={rule}>
      <input
        type="radio"
        name={name}
        value={rule}
        defaultChecked={chosen === rule}
        // biome-ignore lint/a11y/noAutofocus: without script, this is how the focus moves to the error.
        autoFocus={isMissing && index === 0 ? true : undefined}
      />
      {sentence}
    </label>
  ))
