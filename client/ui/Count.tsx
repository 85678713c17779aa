import { countText } from './form/count-text.ts'

/** A count beside an icon; nothing for zero. */
export function Count({ value }: { value: number }) {
  return value > 0 ? <span>{countText(value)}</span> : null
}
