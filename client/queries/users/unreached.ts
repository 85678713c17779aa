import { queryOptions } from '@tanstack/react-query'
import type { Audience } from '../../../worker/contract/audience.ts'
import { handlesIn } from '../../../worker/contract/segments.ts'
import { type Api, read } from '../../net/api.ts'
import type { LoaderContext } from '../../routing/loader-context.ts'

type Tools = Pick<LoaderContext, 'api' | 'queries'>

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

/** Returns a sentence about the mentioned users who will not see a new activity; undefined if there are none. */
export async function findWarning(
  { api, queries }: Tools,
  message: string,
  audience: string,
): Promise<string | undefined> {
  const handles = await queries.fetchQuery(unreachedQuery(api, message, audience))
  return handles.length > 0 ? unreachedSentence(handles, audience) : undefined
}

/** Returns "@ben does not follow you, so will not see this." */
export function unreachedSentence(handles: readonly string[], audience: string): string {
  const names = new Intl.ListFormat('en').format(handles.map((handle) => `@${handle}`))
  const isOne = handles.length === 1
  const why =
    audience === 'circle' ? `${isOne ? 'is' : 'are'} not in your circle` : `${isOne ? 'does' : 'do'} not follow you`
  return `${names} ${why}, so will not see this.`
}

/** Whether an audience may leave out mentioned users. */
const isLimited = (audience: string): audience is Audience => audience === 'followers' || audience === 'circle'
