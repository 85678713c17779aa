import { useId } from 'react'
import { Form } from 'react-router'
import { paths } from '../../routing/paths.ts'
import { ErrorText } from '../../ui/form/ErrorText.tsx'
import { Icon } from '../../ui/icon/Icon.tsx'

type SearchFormProps = {
  /** What was looked for. */
  term?: string
  /** Go on looking for people. */
  people?: boolean
  /** What is wrong with the term. */
  error?: string | undefined
}

/** Looks for cruds and people: a plain form, whose address can be kept. */
export function SearchForm({ term = '', people = false, error }: SearchFormProps) {
  const errorId = useId()
  return (
    <search>
      <Form action={paths.search()} className="find">
        <button type="submit" aria-label="Search">
          <Icon name="search" />
        </button>
        <input
          // Going back brings the earlier term.
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
