import type { QueryClient } from '@tanstack/react-query'
import type { Preferences } from '../../worker/contract/preferences.ts'
import { field } from '../forms/form.ts'
import { type Api, read } from '../net/api.ts'
import { showOwnUser } from './own-account.ts'
import { unmute } from './relations.ts'

/** Forms send CRLF, the page has LF. */
const typed = (form: FormData, name: string) => field(form, name).replace(/\r\n?/g, '\n')

/** Writes what a person changed of name and bio; what they left as it was is not sent, so it cannot undo anything. */
export async function saveProfile(api: Api, queries: QueryClient, form: FormData): Promise<void> {
  const changed = (name: string) => typed(form, name) !== typed(form, `${name}_before`)
  const json = {
    ...(changed('display_name') && { display_name: typed(form, 'display_name') }),
    ...(changed('bio') && { bio: typed(form, 'bio') }),
  }
  if (Object.keys(json).length > 0) showOwnUser(queries, await read(api.profile.$patch({ json })))
}

/** Writes what a person has chosen for themselves. */
export async function savePreferences(api: Api, queries: QueryClient, json: Partial<Preferences>): Promise<void> {
  showOwnUser(queries, await read(api.profile.$patch({ json })))
}

/** Sets a new password. Every other session ends; this one goes on. */
export async function changePassword(api: Api, queries: QueryClient, form: FormData): Promise<void> {
  await read(api.session.password.$put({ json: { current: field(form, 'current'), new: field(form, 'new') } }))
  await queries.invalidateQueries({ queryKey: ['devices'] })
}

/** Lets a person see one again, and the other way round. */
export async function unblock(api: Api, queries: QueryClient, handle: string): Promise<void> {
  await read(api.users[':at_handle'].block.$delete({ param: { at_handle: `@${handle}` } }))
  await queries.invalidateQueries({ queryKey: ['blocked_people'] })
  // They are back in feeds, threads, lists and conversations.
  void queries.invalidateQueries()
}

/** Hears a muted person again. */
export async function unmuteUser(api: Api, queries: QueryClient, handle: string): Promise<void> {
  await unmute({ api, queries }, handle)
  await queries.invalidateQueries({ queryKey: ['muted_people'] })
}

/** Ends one of one's sessions. */
export async function endDevice(api: Api, queries: QueryClient, uuid: string): Promise<void> {
  await read(api.session.devices[':uuid'].$delete({ param: { uuid } }))
  await queries.invalidateQueries({ queryKey: ['devices'] })
}

/** Ends all of one's sessions but this one. */
export async function endOtherSessions(api: Api, queries: QueryClient): Promise<void> {
  await read(api.session.others.$delete())
  await queries.invalidateQueries({ queryKey: ['devices'] })
}

/** Ends all of one's sessions. */
export async function signOutEverywhere(api: Api): Promise<void> {
  await read(api.session.all.$delete())
}

/** Deletes one's account, and with it this session. */
export async function deleteAccount(api: Api, password: string): Promise<void> {
  await read(api.profile.$delete({ json: { password } }))
}
