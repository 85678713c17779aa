import { paths } from '../../routing/paths.ts'
import { SearchForm } from './SearchForm.tsx'

type SiteSearchProps = {
  /** The current search term. */
  term?: string
  /** Search for users. */
  people?: boolean
  /** Why the term was refused. */
  error?: string | undefined
}

/** Search form for activities and users. */
export function SiteSearch({ people = false, ...search }: SiteSearchProps) {
  return (
    <SearchForm action={paths.search()} label="Search cruds and people" {...search}>
      {people && <input type="hidden" name="in" value="people" />}
    </SearchForm>
  )
}
