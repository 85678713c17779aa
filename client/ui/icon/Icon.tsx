import { ICON_PATHS, type IconName } from './icon-paths.ts'

/** Icon of 20 px in the text's colour. Decorative: its parent has the accessible name. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 20 20" aria-hidden="true">
      <path d={ICON_PATHS[name]} />
    </svg>
  )
}
