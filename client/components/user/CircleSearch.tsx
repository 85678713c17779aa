import { Form } from 'react-router'
import { paths } from '../../routing/paths.ts'
import { Icon } from '../../ui/icon/Icon.tsx'

/** Search for users to add to the circle. A GET form, so that results have a URL. */
export function CircleSearch({ term }: { term: string }) {
  return (
    <search>
      <Form action={paths.circle()} className="search-form">
        <button type="submit" aria-label="Find people">
          <Icon name="search" />
        </button>
        <input
          // On Back, a new key resets the input to the earlier term.
          key={term}
          type="search"
          name="term"
          defaultValue={term}
          placeholder="Find people to add"
          aria-label="Find people to add"
          enterKeyHint="search"
          autoCapitalize="none"
          dir="auto"
        />
      </Form>
    </search>
  )
}
