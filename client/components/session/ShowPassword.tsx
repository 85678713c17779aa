import { useHasScript } from '../../has-script.tsx'

type ShowPasswordProps = { shown: boolean; onChange: (shown: boolean) => void }

/** Checkbox that shows what is typed into password fields; needs script. */
export function ShowPassword({ shown, onChange }: ShowPasswordProps) {
  if (!useHasScript()) return null
  return (
    <label className="choices">
      <input type="checkbox" checked={shown} onChange={({ target }) => onChange(target.checked)} />
      Show what you type
    </label>
  )
}
