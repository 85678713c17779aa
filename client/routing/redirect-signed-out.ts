import { redirectDocument } from 'react-router'
import { deleteDrafts } from '../forms/drafts/all-drafts.ts'
import { notifyTabsOfSignOut } from './account-switch-guard.ts'
import { paths } from './paths.ts'

/**
 * Redirects to the home page after sign-out, as a new document, so that no data of the session stays in memory. Deletes drafts
 * unless the form says otherwise (KeepDrafts), ends pushes to this browser, and reloads the user's other tabs.
 */
export async function redirectSignedOut(form: FormData): Promise<Response> {
  const keepsDrafts = form.has('keep_drafts')
  if (!keepsDrafts) deleteDrafts()
  // Not in the Worker's bundle.
  if (typeof document !== 'undefined') await endPushes().catch(() => {})
  notifyTabsOfSignOut()
  // For a form posted without script: the browser deletes the drafts that an earlier page stored.
  const headers: HeadersInit = keepsDrafts ? {} : { 'clear-site-data': '"storage"' }
  return redirectDocument(paths.home(), { status: 303, headers })
}

/** Each page has loaded this chunk already, after hydration. */
async function endPushes(): Promise<void> {
  const { removeServiceWorker } = await import('../push/remove-service-worker.ts')
  await removeServiceWorker()
}
