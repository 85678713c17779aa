import { paths } from '../../routing/paths.ts'
import { Mark } from './Mark.tsx'

/** The logo, mark and name, as a link home. On narrow screens only the mark is visible. */
export function Wordmark() {
  return (
    <a className="brand" href={paths.home()} aria-label="Cruddur, home">
      <Mark />
      <b>cruddur</b>
    </a>
  )
}
