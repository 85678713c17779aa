import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type { Session } from '../../../worker/contract/session.ts'
import type { OwnProfile, User } from '../../../worker/contract/user.ts'
import { type Api, read } from '../../net/api.ts'
import { updateEverywhere } from '../cache/cache-updates.ts'
import { runInOrder } from '../cache/run-mutation.ts'

/** The viewer's own profile. */
export const ownProfileQuery = (api: Api) =>
  queryOptions({
    queryKey: ['own_profile'],
    queryFn: () => read(api.profile.$get()),
    staleTime: 15_000,
  })

/** The viewer's devices from `start` on (a cursor, or null). */
export const devicesQuery = (api: Api, start: string | null) =>
  queryOptions({
    queryKey: ['devices', start],
    queryFn: () => read(api.session.devices.$get({ query: start ? { cursor: start } : {} })),
    staleTime: 15_000,
  })

/** The key under which browsers subscribe to pushes; null if the site sends none. */
export const pushKeyQuery = (api: Api) =>
  queryOptions({
    queryKey: ['push_key'],
    queryFn: async () => (await read(api['push-subscriptions'].$get())).data.public_key,
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Users whom the viewer has blocked, from `start` on (a cursor, or null). */
export const blockedUsersQuery = (api: Api, start: string | null) =>
  queryOptions({
    queryKey: ['blocked_users', start],
    queryFn: () => read(api.profile.blocks.$get({ query: start ? { cursor: start } : {} })),
    staleTime: 15_000,
  })

/** Users whom the viewer has muted, from `start` on (a cursor, or null). */
export const mutedUsersQuery = (api: Api, start: string | null) =>
  queryOptions({
    queryKey: ['muted_users', start],
    queryFn: () => read(api.profile.mutes.$get({ query: start ? { cursor: start } : {} })),
    staleTime: 15_000,
  })

/** Uploads an avatar, as the bytes of an image. */
export async function putAvatar(api: Api, queries: QueryClient, file: Blob): Promise<void> {
  const init = { body: file, headers: { 'content-type': file.type || 'application/octet-stream' } }
  updateOwnUser(queries, await runInOrder(queries, 'profile', () => read(api.profile.avatar.$put({}, { init }))))
}

/** Removes the avatar: the drawn star is shown again. */
export async function removeAvatar(api: Api, queries: QueryClient): Promise<void> {
  updateOwnUser(queries, await runInOrder(queries, 'profile', () => read(api.profile.avatar.$delete())))
}

/** Updates the viewer's name, avatar and preferences wherever they are cached. */
export function updateOwnUser(queries: QueryClient, profile: OwnProfile): void {
  const {
    uuid,
    handle,
    display_name,
    avatar_url,
    default_ttl,
    default_audience,
    approves_followers,
    alt_required,
    open_warnings,
    theme,
  } = profile
  const user = { uuid, handle, display_name, avatar_url }
  const preferences = { default_ttl, default_audience, approves_followers, alt_required, open_warnings, theme }
  const isViewer = (value: object): value is User => 'uuid' in value && value.uuid === uuid && 'display_name' in value
  updateEverywhere(queries, isViewer, (cached) => ({ ...cached, ...user }))
  queries.setQueryData<Session>(['session'], (session) => session && { ...session, viewer: user, preferences })
  queries.setQueryData(['own_profile'], profile)
  void queries.invalidateQueries({ queryKey: ['profile', handle] })
}
