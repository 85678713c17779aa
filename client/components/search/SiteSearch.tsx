import { paths } from '../../routing/paths.ts'
import { SearchForm } from './SearchForm.tsx'

type SiteSearchProps = {
  /** The current search term. */
  term?: string
  /** Search for users. */
  isUserSearch?: boolean
  /** Why the term was refused. */
  error?: string | undefined
}

/** Search form for activities and users. */
export function SiteSearch({ isUserSearch = false, ...search }: SiteSearchProps) {
  return (
    <SearchForm action={paths.search()} label="Search cruds and people" {...search}>
      {isUserSearch && <input type="hidden" name="in" value="people" />}
    </SearchForm>
  )
}
