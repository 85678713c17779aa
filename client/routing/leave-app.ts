import type { DataRouter } from 'react-router'
import { ApiError } from '../net/api.ts'

/**
 * Has the browser do what the app was about to: go somewhere, or send a form. Never comes back.
 * @throws ApiError 503 when the site cannot be reached at all.
 */
export async function leaveApp({ navigation, fetchers }: DataRouter['state']): Promise<never> {
  await fetch('/api/health-check').catch(() => {
    throw new ApiError(503, { errors: [{ code: 'database_unavailable' }], request_id: '' })
  })
  const sent = [navigation, ...fetchers.values()].find(({ formMethod }) => formMethod === 'POST')
  if (sent?.formAction && sent.formData) post(sent.formAction, sent.formData)
  else open(navigation.location?.pathname, navigation.location?.search, navigation.location?.hash)
  // The app stays as it is until the document is here.
  return new Promise(() => {})
}

function open(pathname = location.pathname, search = location.search, hash = location.hash): void {
  const address = pathname + search + hash
  // After Back the browser is there already, and another visit to where it is may be none.
  if (address === location.pathname + location.search + location.hash) location.reload()
  else location.assign(address)
}

/** Posts a form as a document: each of ours works so. */
function post(action: string, data: FormData): void {
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
