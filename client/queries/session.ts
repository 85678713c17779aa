import { queryOptions } from '@tanstack/react-query'
import { type Api, read } from '../net/api.ts'

/** Who I am. */
export const sessionQuery = (api: Api) =>
  queryOptions({ queryKey: ['session'], queryFn: () => read(api.session.$get()), staleTime: Number.POSITIVE_INFINITY })
