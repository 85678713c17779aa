import { queryOptions } from '@tanstack/react-query'
import type { Arrival } from '../../../worker/contract/arrival.ts'
import { type Api, read } from '../../net/api.ts'

/** What home shows a new user. Read once, so that nobody disappears from the list while it is used. */
export const arrivalQuery = (api: Api) =>
  queryOptions<Arrival>({
    queryKey: ['arrival'],
    queryFn: () => read(api.arrival.$get()),
    staleTime: Number.POSITIVE_INFINITY,
  })
