import { useId } from 'react'

type SelectProps = {
  name: string
  label: string
  /** Labels by value, in order. */
  options: Readonly<Record<string, string>>
  /** The value chosen at first. */
  value?: string | undefined
}

/** Labelled select. */
export function Select({ name, label, options, value }: SelectProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} name={name} defaultValue={value}>
        {Object.entries(options).map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </div>
  )
}
