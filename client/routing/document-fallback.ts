import type { DataRouter } from 'react-router'
import { ApiError } from '../net/api.ts'

/**
 * Repeats the app's pending navigation or form submission as a document request. Never resolves.
 * @throws ApiError 503 if the site is unreachable.
 */
export async function fallBackToDocument({ navigation, fetchers }: DataRouter['state']): Promise<never> {
  await fetch('/api/health-check').catch(() => {
    throw new ApiError(503, { errors: [{ code: 'database_unavailable' }], request_id: '' })
  })
  const submission = [navigation, ...fetchers.values()].find(({ formMethod }) => formMethod === 'POST')
  if (submission?.formAction && submission.formData) postForm(submission.formAction, submission.formData)
  else loadDocument(navigation.location?.pathname, navigation.location?.search, navigation.location?.hash)
  // The app must not render anything before the document replaces it.
  return new Promise(() => {})
}

function loadDocument(pathname = location.pathname, search = location.search, hash = location.hash): void {
  const url = pathname + search + hash
  // After Back the browser is at that URL already, where assign() may do nothing.
  if (url === location.pathname + location.search + location.hash) location.reload()
  else location.assign(url)
}

/** Submits form data as a document request; every form of the site works without script. */
function postForm(action: string, data: FormData): void {
  const form = document.createElement('form')
  Object.assign(form, { method: 'post', action, hidden: true })
  for (const [name, value] of data) {
    const input = document.createElement('input')
    input.name = name
    if (typeof value === 'string') {
      input.type = 'hidden'
      input.value = value
    } else {
      const files = new DataTransfer()
      files.items.add(value)
      form.enctype = 'multipart/form-data'
      input.type = 'file'
      input.files = files.files
    }
    form.append(input)
  }
  document.body.append(form)
  form.submit()
}
