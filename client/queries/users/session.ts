import { queryOptions } from '@tanstack/react-query'
import { type Api, read } from '../../net/api.ts'

/** The viewer and their preferences. */
export const sessionQuery = (api: Api) =>
  queryOptions({ queryKey: ['session'], queryFn: () => read(api.session.$get()), staleTime: Number.POSITIVE_INFINITY })
