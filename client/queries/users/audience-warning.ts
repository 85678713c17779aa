import { queryOptions } from '@tanstack/react-query'
import type { Audience } from '../../../worker/contract/audience.ts'
import { handlesIn } from '../../../worker/contract/linkify.ts'
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

/** Whether the viewer's circle is empty; false for another audience. */
export function emptyCircleQuery(api: Api, audience: string) {
  const isForCircle = audience === 'circle'
  return queryOptions({
    // Below the circle's key, so that a change of the circle invalidates it.
    queryKey: ['users', 'circle', 'empty', isForCircle],
    queryFn: async () => isForCircle && (await read(api.circle.$get({ query: { limit: '1' } }))).data.length === 0,
    retry: false,
    staleTime: 15_000,
  })
}

/**
 * Returns a sentence if nobody is in the audience of a new activity, or if mentioned users will not see it. Undefined otherwise, and for
 * a blank one.
 */
export async function findAudienceWarning(
  { api, queries }: Tools,
  message: string,
  audience: string,
): Promise<string | undefined> {
  if (message.trim() === '') return undefined
  const [handles, isCircleEmpty] = await Promise.all([
    queries.fetchQuery(unreachedQuery(api, message, audience)),
    queries.fetchQuery(emptyCircleQuery(api, audience)),
  ])
  return audienceWarningOf(handles, isCircleEmpty, audience)
}

/** Returns the sentence of a warning; undefined if there is nothing to warn of. */
export function audienceWarningOf(
  handles: readonly string[],
  isCircleEmpty: boolean,
  audience: string,
): string | undefined {
  if (isCircleEmpty) return 'Nobody is in your circle yet. A circle is people you pick; they aren’t told.'
  return handles.length > 0 ? unreachedSentence(handles, audience) : undefined
}

/** Returns "@ben does not follow you, so will not see this." */
function unreachedSentence(handles: readonly string[], audience: string): string {
  const names = new Intl.ListFormat('en').format(handles.map((handle) => `@${handle}`))
  const isOne = handles.length === 1
  const why =
    audience === 'circle' ? `${isOne ? 'is' : 'are'} not in your circle` : `${isOne ? 'does' : 'do'} not follow you`
  return `${names} ${why}, so will not see this.`
}

/** Whether an audience may leave out mentioned users. */
const isLimited = (audience: string): audience is Audience => audience === 'followers' || audience === 'circle'
