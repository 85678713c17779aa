import type { QueryClient } from '@tanstack/react-query'
import { showToast } from '../../../queries/cache/toasts.ts'

/** Copies the URL of a path of this site, and shows a toast. */
export async function copyLink(queries: QueryClient, path: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(new URL(path, location.href).href)
    showToast(queries, 'Link copied.')
  } catch {
    showToast(queries, 'Your browser didn’t allow copying. You’ll find the link in the address bar of the crud’s page.')
  }
}
