import { queryOptions } from '@tanstack/react-query'
import type { Audience } from '../../../worker/contract/audience.ts'
import { handlesIn } from '../../../worker/contract/segments.ts'
import { type Api, read } from '../../net/api.ts'

/** Checks at most this many mentions of a text. */
const MAX_CHECKED = 100

/** Handles of the users whom a new activity of the viewer's mentions but who will not see it. Handles of nobody are left out. */
export function unreachedQuery(api: Api, message: string, audience: string) {
  const handles = handlesIn(message).slice(0, MAX_CHECKED).join(',')
  return queryOptions({
    queryKey: ['unreached', audience, handles],
    queryFn: async () => {
      if (!handles || !isLimited(audience)) return []
      const { data } = await read(api.users.unreached.$get({ query: { audience, handles } }))
      return data.map(({ handle }) => handle)
    },
    retry: false,
    staleTime: 15_000,
  })
}

/** Whether an audience may leave out mentioned users. */
const isLimited = (audience: string): audience is Audience => audience === 'followers' || audience === 'circle'
