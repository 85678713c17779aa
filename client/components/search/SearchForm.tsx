import { useId } from 'react'
import { Form } from 'react-router'
import { paths } from '../../routing/paths.ts'
import { ErrorText } from '../../ui/form/ErrorText.tsx'
import { Icon } from '../../ui/icon/Icon.tsx'

type SearchFormProps = {
  /** The current search term. */
  term?: string
  /** Search for users. */
  people?: boolean
  /** Why the term was refused. */
  error?: string | undefined
}

/** Search form for activities and users. A GET form, so that results have a URL. */
export function SearchForm({ term = '', people = false, error }: SearchFormProps) {
  const errorId = useId()
  return (
    <search>
      <Form action={paths.search()} className="search-form">
        <button type="submit" aria-label="Search">
          <Icon name="search" />
        </button>
        <input
          // On Back, a new key resets the input to the earlier term.
          key={term}
          type="search"
          name="term"
          defaultValue={term}
          placeholder="Search cruds and people"
          aria-label="Search cruds and people"
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? errorId : undefined}
          enterKeyHint="search"
          autoCapitalize="none"
          dir="auto"
        />
        {people && <input type="hidden" name="in" value="people" />}
      </Form>
      {error && <ErrorText id={errorId}>{error}</ErrorText>}
    </search>
  )
}
