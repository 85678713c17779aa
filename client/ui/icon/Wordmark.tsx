import { paths } from '../../routing/paths.ts'
import { PageLink } from '../PageLink.tsx'
import { Mark } from './Mark.tsx'

/** The logo, mark and name, as a link home. On narrow screens only the mark is visible. */
export function Wordmark() {
  return (
    <PageLink className="brand" to={paths.home()} aria-label="Cruddur, home">
      <Mark />
      <b>cruddur</b>
    </PageLink>
  )
}
