import { queryOptions } from '@tanstack/react-query'
import { type Api, read } from '../../net/api.ts'

/** A user's profile. */
export const profileQuery = (api: Api, handle: string) =>
  queryOptions({
    queryKey: ['profile', handle.toLowerCase()],
    queryFn: () => read(api.users[':at_handle'].$get({ param: { at_handle: `@${handle}` } })),
    staleTime: 15_000,
  })
