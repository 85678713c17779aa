import { ICON_PATHS, type IconName } from './icon-paths.ts'

/** A drawn icon of 20 px in the colour of its text. Decorative: whatever holds it has the name. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 20 20" aria-hidden="true">
      <path d={ICON_PATHS[name]} />
    </svg>
  )
}
