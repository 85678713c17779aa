import { field } from './form.ts'

const encoder = new TextEncoder()

/**
 * Request headers by which the API takes a form once, however often it is sent. The key is a hash of all fields, so that a
 * changed text has another key.
 */
export async function idempotencyHeaders(form: FormData): Promise<{ headers?: { 'Idempotency-Key': string } }> {
  if (!field(form, 'idempotency_key')) return {}
  const fields = JSON.stringify([...form].filter((entry) => typeof entry[1] === 'string'))
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(fields)))
  return { headers: { 'Idempotency-Key': btoa(String.fromCharCode(...hash)) } }
}
