import { field } from './field.ts'

const encoder = new TextEncoder()

/** Name of the field with the Idempotency-Key, if that was made before the form's files were uploaded. */
export const PRECOMPUTED_KEY_FIELD = 'precomputed_key'

/**
 * Returns the Idempotency-Key header for a form, so that a repeated request writes nothing twice. The key is a hash of all fields,
 * with name and size of each file: a changed text has another key.
 */
export async function idempotencyHeaders(form: FormData): Promise<{ headers?: { 'Idempotency-Key': string } }> {
  if (!field(form, 'idempotency_key')) return {}
  return { headers: { 'Idempotency-Key': field(form, PRECOMPUTED_KEY_FIELD) || (await hashOf(form)) } }
}

async function hashOf(form: FormData): Promise<string> {
  const fields = [...form].map(([name, value]) => [name, typeof value === 'string' ? value : [value.name, value.size]])
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(JSON.stringify(fields))))
  return btoa(String.fromCharCode(...hash))
}
