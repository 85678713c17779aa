import { paths } from '../../routing/paths.ts'
import { PageLink } from '../PageLink.tsx'
import { Mark } from './Mark.tsx'

/** The mark and the name, leading home. Where there is no room the name is for assistive tech only. */
export function Wordmark() {
  return (
    <PageLink className="brand" to={paths.home()} aria-label="Cruddur, home">
      <Mark />
      <b>cruddur</b>
    </PageLink>
  )
}
