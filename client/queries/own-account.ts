import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type { Session } from '../../worker/contract/session.ts'
import type { OwnProfile, User } from '../../worker/contract/user.ts'
import { type Api, read } from '../net/api.ts'
import { uploadFetch } from '../net/upload.ts'
import { updateAll } from './cache-updates.ts'

/** One's own page, without knowing one's handle. */
export const ownProfileQuery = (api: Api) =>
  queryOptions({
    queryKey: ['own_profile'],
    queryFn: () => read(api.profile.$get()),
    staleTime: 15_000,
  })

/** Where I am signed in, from `start` (a cursor, or null) on. */
export const devicesQuery = (api: Api, start: string | null) =>
  queryOptions({
    queryKey: ['devices', start],
    queryFn: () => read(api.session.devices.$get({ query: start ? { cursor: start } : {} })),
    staleTime: 15_000,
  })

/** People whom I blocked, from `start` (a cursor, or null) on. */
export const blockedUsersQuery = (api: Api, start: string | null) =>
  queryOptions({
    queryKey: ['blocked_people', start],
    queryFn: () => read(api.profile.blocks.$get({ query: start ? { cursor: start } : {} })),
    staleTime: 15_000,
  })

/** People whom I muted, from `start` (a cursor, or null) on. */
export const mutedUsersQuery = (api: Api, start: string | null) =>
  queryOptions({
    queryKey: ['muted_people', start],
    queryFn: () => read(api.profile.mutes.$get({ query: start ? { cursor: start } : {} })),
    staleTime: 15_000,
  })

/** Sends a picture, as the bytes of an image; in the browser its progress shows, see lib/upload.ts. */
export async function putAvatar(api: Api, queries: QueryClient, picture: Blob): Promise<void> {
  const init = { body: picture, headers: { 'content-type': picture.type || 'application/octet-stream' } }
  const options = uploadFetch ? { init, fetch: uploadFetch } : { init }
  showOwnUser(queries, await read(api.profile.avatar.$put({}, options)))
}

/** Goes back to the drawn star. */
export async function removeAvatar(api: Api, queries: QueryClient): Promise<void> {
  showOwnUser(queries, await read(api.profile.avatar.$delete()))
}

/** Shows one's name, picture and preferences as they are now, wherever the browser holds them. */
export function showOwnUser(queries: QueryClient, profile: OwnProfile): void {
  const { uuid, handle, display_name, avatar_url, default_ttl, theme } = profile
  const user = { uuid, handle, display_name, avatar_url }
  const preferences = { default_ttl, theme }
  updateAll(queries, {}, (held) => renew(held, user))
  queries.setQueryData<Session>(['session'], (session) => session && { ...session, viewer: user, preferences })
  queries.setQueryData(['own_profile'], profile)
  void queries.invalidateQueries({ queryKey: ['profile', handle] })
}

/** The same data with a person as they are now in each place where they are; what does not change is the same object. */
function renew(held: unknown, user: User): unknown {
  if (Array.isArray(held)) {
    const renewed = held.map((item) => renew(item, user))
    return renewed.some((item, i) => item !== held[i]) ? renewed : held
  }
  if (typeof held !== 'object' || held === null) return held
  const entries = Object.entries(held).map(([name, value]) => [name, renew(value, user)] as const)
  const changed = entries.some(([name, value]) => value !== held[name as keyof typeof held])
  const renewed: object = changed ? Object.fromEntries(entries) : held
  return 'uuid' in held && held.uuid === user.uuid && 'display_name' in held ? { ...renewed, ...user } : renewed
}
