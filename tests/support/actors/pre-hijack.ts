import { createHmac } from 'node:crypto'
import { SECRET_KEY } from '../../harness/bindings.ts'
import type { Answer } from '../../harness/client.ts'
import type { Site } from '../../harness/site.ts'
import { expectStatus } from '../assertions/expect-answer.ts'
import type { Actor } from './actors.ts'

/** The password of the victim, who signs up second. */
export const VICTIM_PASSWORD = 'Mine-2026!'

/** An attacker signs up with the victim's email, then the victim signs up. Codes are mailed to the victim. */
export async function preHijack({ actors }: Site): Promise<{ attacker: Actor; victim: Actor }> {
  const attacker = actors.unregistered('mallory')
  await attacker.signsUp()
  const victim = actors.unregistered('victor', attacker.email)
  victim.details.password = VICTIM_PASSWORD
  await victim.signsUp()
  return { attacker, victim }
}

/** Sets a new password with the newest code of the mailbox. */
export const resetsPassword = (person: Actor, password = VICTIM_PASSWORD): Promise<Answer> =>
  person.post('/api/session/recover/confirm', { email: person.email, code: person.code, password })

/** Requests a code and sets a new password with it. */
export async function recoversAccount(person: Actor, password = VICTIM_PASSWORD): Promise<void> {
  expectStatus(await person.post('/api/session/recover', { email: person.email }), 204)
  expectStatus(await resetsPassword(person, password), 204)
}

/** The number of sign-ups because of which the account must reset its password. */
export async function countPendingResets({ db }: Site, email: string): Promise<number> {
  const hash = createHmac('sha256', SECRET_KEY).update(`email\n${email}`).digest('hex')
  const rows = await db.sql('select from password_resets_due where email_hash = $1 and reset_at is null', [hash])
  return rows.length
}

export const usersWithEmail = ({ db }: Site, email: string) =>
  db.sql('select handle from users where email = $1', [email])
