import { field } from './form.ts'

const encoder = new TextEncoder()

/**
 * Returns the Idempotency-Key header for a form, so that a repeated request writes nothing twice. The key is a hash of all text
 * fields: a changed text has another key.
 */
export async function idempotencyHeaders(form: FormData): Promise<{ headers?: { 'Idempotency-Key': string } }> {
  if (!field(form, 'idempotency_key')) return {}
  const fields = JSON.stringify([...form].filter((entry) => typeof entry[1] === 'string'))
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(fields)))
  return { headers: { 'Idempotency-Key': btoa(String.fromCharCode(...hash)) } }
}
