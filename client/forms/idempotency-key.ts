import { field } from './form.ts'

const encoder = new TextEncoder()

/**
 * Request options by which the API takes a form once, however often it is sent. The key is of the form's attempt and of
 * what it says: changed words are another wish, not a misuse of the key.
 */
export async function idempotencyHeaders(form: FormData): Promise<{ headers?: { 'Idempotency-Key': string } }> {
  const attempt = field(form, 'attempt')
  if (!attempt) return {}
  const said = JSON.stringify([...form].filter((entry) => typeof entry[1] === 'string'))
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(said)))
  return { headers: { 'Idempotency-Key': btoa(String.fromCharCode(...hash)) } }
}
