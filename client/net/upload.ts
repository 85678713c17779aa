import { useSyncExternalStore } from 'react'

/** What part of the upload under way has left the browser, 0 to 1; null when there is none. */
let sent: number | null = null
const listeners = new Set<() => void>()

function tell(part: number | null): void {
  sent = part
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** What part of the upload under way has been sent; null when there is none. */
export const useUploadProgress = (): number | null =>
  useSyncExternalStore(
    subscribe,
    () => sent,
    () => null,
  )

/** `fetch` that tells how far it is, which only the older way can; undefined at the edge. */
export const uploadFetch: typeof fetch | undefined = typeof XMLHttpRequest === 'undefined' ? undefined : upload

function upload(input: RequestInfo | URL, { method = 'PUT', headers, body }: RequestInit = {}): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(method, String(input))
    new Headers(headers).forEach((value, name) => {
      request.setRequestHeader(name, value)
    })
    request.upload.onprogress = ({ loaded, total }) => tell(total > 0 ? loaded / total : 0)
    request.onload = () => {
      const { status, responseText } = request
      resolve(new Response(status === 204 ? null : responseText, { status }))
    }
    const fail = () => reject(new TypeError('The upload did not arrive'))
    request.onerror = fail
    // The browser's Stop.
    request.onabort = fail
    request.onloadend = () => tell(null)
    tell(0)
    request.send(body as XMLHttpRequestBodyInit)
  })
}
