import { type ReactNode, useId } from 'react'
import { Form } from 'react-router'
import { ErrorText } from '../../ui/form/ErrorText.tsx'
import { icon } from '../../ui/icon/icon.tsx'

type SearchFormProps = {
  /** Path of the page with the results. */
  action: string
  /** What is searched for: placeholder and accessible name of the field. */
  label: string
  /** The current search term. */
  term?: string
  /** Why the term was refused. */
  error?: string | undefined
  /** Further fields. */
  children?: ReactNode
}

/** Search form. A GET form, so that results have a URL. */
export function SearchForm({ action, label, term = '', error, children }: SearchFormProps) {
  const errorId = useId()
  return (
    <search>
      <Form action={action} className="search-form">
        <button type="submit" aria-label="Search">
          {icon('search')}
        </button>
        <input
          // On Back, a new key resets the input to the earlier term.
          key={term}
          type="search"
          name="term"
          defaultValue={term}
          placeholder={label}
          aria-label={label}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? errorId : undefined}
          enterKeyHint="search"
          autoCapitalize="none"
          dir="auto"
        />
        {children}
      </Form>
      {error && <ErrorText id={errorId}>{error}</ErrorText>}
    </search>
  )
}
