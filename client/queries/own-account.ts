import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type { Session } from '../../worker/contract/session.ts'
import type { OwnProfile, User } from '../../worker/contract/user.ts'
import { type Api, read } from '../net/api.ts'
import { updateEverywhere } from './cache-updates.ts'
import { runInOrder } from './run-mutation.ts'

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

/** Sends a picture, as the bytes of an image. */
export async function putAvatar(api: Api, queries: QueryClient, picture: Blob): Promise<void> {
  const init = { body: picture, headers: { 'content-type': picture.type || 'application/octet-stream' } }
  updateOwnUser(queries, await runInOrder(queries, 'profile', () => read(api.profile.avatar.$put({}, { init }))))
}

/** Goes back to the drawn star. */
export async function removeAvatar(api: Api, queries: QueryClient): Promise<void> {
  updateOwnUser(queries, await runInOrder(queries, 'profile', () => read(api.profile.avatar.$delete())))
}

/** Shows one's name, picture and preferences as they are now, wherever the browser holds them. */
export function updateOwnUser(queries: QueryClient, profile: OwnProfile): void {
  const { uuid, handle, display_name, avatar_url, default_ttl, theme } = profile
  const user = { uuid, handle, display_name, avatar_url }
  const preferences = { default_ttl, theme }
  const isViewer = (value: object): value is User => 'uuid' in value && value.uuid === uuid && 'display_name' in value
  updateEverywhere(queries, isViewer, (cached) => ({ ...cached, ...user }))
  queries.setQueryData<Session>(['session'], (session) => session && { ...session, viewer: user, preferences })
  queries.setQueryData(['own_profile'], profile)
  void queries.invalidateQueries({ queryKey: ['profile', handle] })
}
