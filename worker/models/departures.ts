import * as z from 'zod/mini'
import activitiesSql from '../../sql/queries/departures/activities.sql'
import beginSql from '../../sql/queries/departures/begin.sql'
import finishSql from '../../sql/queries/departures/finish.sql'
import followsSql from '../../sql/queries/departures/follows.sql'
import forgetSubSql from '../../sql/queries/departures/forget_sub.sql'
import listSql from '../../sql/queries/departures/list.sql'
import messagesSql from '../../sql/queries/departures/messages.sql'
import peopleSql from '../../sql/queries/departures/people.sql'
import pictureRemovedSql from '../../sql/queries/departures/picture_removed.sql'
import reactionsSql from '../../sql/queries/departures/reactions.sql'
import tiesSql from '../../sql/queries/departures/ties.sql'
import tracesSql from '../../sql/queries/departures/traces.sql'
import { AppError } from '../contract/app-error.ts'
import type { Viewer } from '../contract/viewer.ts'
import type { Db } from '../db/client.ts'
import { asViewer, query, VIEWER } from '../db/query.ts'
import { handleHash } from './handles.ts'
import { type Trace, trace } from './traces.ts'

export const begin = query({
  name: 'departures/begin',
  text: beginSql,
  params: { ...VIEWER, handle_hash: 'text' },
  row: z.object({ uuid: z.string() }),
  requiresViewer: true,
})
export const personTraces = query({
  name: 'departures/traces',
  text: tracesSql,
  params: VIEWER,
  row: trace,
  requiresViewer: true,
})
export const forgetSub = query({
  name: 'departures/forget_sub',
  text: forgetSubSql,
  params: { sub: 'text' },
  row: z.object({ hash: z.string() }),
})
export const list = query({
  name: 'departures/list',
  text: listSql,
  params: { limit: 'integer' },
  row: z.object({ user_uuid: z.string(), avatar_key: z.nullable(z.string()) }),
})
export const pictureRemoved = query({
  name: 'departures/picture_removed',
  text: pictureRemovedSql,
  params: { avatar_key: 'text' },
  row: z.object({ user_uuid: z.string() }),
})

const removalOf = (name: string, text: string) =>
  query({ name, text, params: { limit: 'integer' }, row: z.object({ count: z.number() }) })

export const activities = removalOf('departures/activities', activitiesSql)
export const reactions = removalOf('departures/reactions', reactionsSql)
export const follows = removalOf('departures/follows', followsSql)
export const messages = removalOf('departures/messages', messagesSql)
export const ties = removalOf('departures/ties', tiesSql)
export const people = removalOf('departures/people', peopleSql)
export const finish = removalOf('departures/finish', finishSql)

const REMOVALS = [activities, reactions, follows, messages, ties, people, finish]

/**
 * Deletes the viewer's account, as far as anybody can see; what they have goes with removeOnce. Answers what showed them,
 * and may go on doing so as a copy.
 * @throws AppError session_ended when it has been deleted already.
 */
export async function beginDeparture(db: Db, viewer: Viewer, handle: string, secretKey: string): Promise<Trace[]> {
  const handle_hash = await handleHash(secretKey, handle)
  const [traces, begun] = await Promise.all([
    db.many(personTraces, asViewer(viewer)),
    db.first(begin, { ...asViewer(viewer), handle_hash }),
  ])
  if (!begun) throw new AppError('session_ended')
  return traces
}

/** Notes that Cognito has no account of this person any more. */
export async function forgetDeparted(db: Db, { sub }: Viewer): Promise<void> {
  await db.many(forgetSub, { sub })
}

/** At most `limit` people who are leaving, each with the picture that is to be removed before they are gone. */
export const leavingPeople = (db: Db, limit: number) => db.many(list, { limit })

export async function notePictureRemoved(db: Db, avatar_key: string): Promise<void> {
  await db.many(pictureRemoved, { avatar_key })
}

/**
 * Deletes at most some `limit` rows of each kind of what people who are leaving have, and at last the people. One kind after
 * the other, so that no lock is held for long. Answers how many rows went; none: nothing is left, or another run is at it.
 */
export async function removeOnce(db: Db, limit: number): Promise<number> {
  let removed = 0
  for (const removal of REMOVALS) removed += (await db.first(removal, { limit }))?.count ?? 0
  return removed
}
