type TtlNotchProps = {
  /** The TTL that is sent; blank: a reply expires with its parent. */
  value: string
  /** The text beside the notch. */
  label: string
  /** The accessible name. */
  name: string
  checked: boolean
}

/** A radio button for a TTL, drawn as a notch on a cord. Sends `ttl`. */
export const TtlNotch = ({ value, label, name, checked }: TtlNotchProps) => (
  <label>
    <input type="radio" name="ttl" value={value} aria-label={name} defaultChecked={checked} />
    <span aria-hidden="true">{label}</span>
  </label>
)
