import { onStorage } from './drafts.ts'

/**
 * A page is one person's. Once somebody else signs in, in another tab, the cookies are theirs, and what is written here
 * would be said by them: the page begins anew, as theirs.
 */
export function staysWith(person: string): void {
  onStorage((storage) => storage.setItem('who', person))
  addEventListener('storage', ({ key, newValue }) => {
    // Not reload(): that would post a form again.
    if (key === 'who' && newValue && newValue !== person) location.replace(location.pathname + location.search)
  })
}
