import * as z from 'zod/mini'
import tracesSql from '../../sql/queries/activities/traces.sql'
import type { Viewer } from '../contract/viewer.ts'
import type { Db } from '../db/client.ts'
import { asViewer, query, VIEWER } from '../db/query.ts'

export const trace = z.object({ uuid: z.string(), handle: z.string(), goes: z.boolean(), tags: z.array(z.string()) })

/** A crud whose pages show one that is about to be put out; `goes`: it goes with it, or is it, and has these tags. */
export type Trace = z.infer<typeof trace>

export const traces = query({
  name: 'activities/traces',
  text: tracesSql,
  params: { ...VIEWER, activity_uuid: 'uuid' },
  row: trace,
  requiresViewer: true,
})

/** What shows a live crud; none when it is not live. */
export const tracesOf = (db: Db, viewer: Viewer, uuid: string): Promise<Trace[]> =>
  db.many(traces, { ...asViewer(viewer), activity_uuid: uuid })
