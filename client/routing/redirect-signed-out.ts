import { redirectDocument } from 'react-router'
import { deleteDrafts } from '../forms/drafts.ts'
import { notifyTabsOfSignOut } from './account-switch-guard.ts'
import { paths } from './paths.ts'

/**
 * Where somebody goes who has signed out on purpose: the home page, as a whole document, so that nothing of the session stays
 * in the page. Their drafts are deleted unless the form says to keep them (KeepDrafts), and their other tabs go as well.
 */
export function redirectSignedOut(form: FormData): Response {
  const keepsDrafts = form.has('keep_drafts')
  if (!keepsDrafts) deleteDrafts()
  notifyTabsOfSignOut()
  // For a form that was posted before script ran: the browser deletes what an earlier page has kept.
  const headers: HeadersInit = keepsDrafts ? {} : { 'clear-site-data': '"storage"' }
  return redirectDocument(paths.home(), { status: 303, headers })
}
