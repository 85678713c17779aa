import type { Activity } from '../../../worker/contract/activity.ts'
import { ignoreStatus, read } from '../../net/api.ts'
import type { LoaderContext } from '../../routing/loader-context.ts'
import { deleteWithUndo } from '../cache/delete-with-undo.ts'
import { removeActivity } from '../cache/remove-activity.ts'

/** Deletes an activity of the viewer's, unless that is undone. */
export function deleteActivity({ api, queries }: Pick<LoaderContext, 'api' | 'queries'>, activity: Activity) {
  const { uuid, replies_count } = activity
  return deleteWithUndo(queries, {
    uuid,
    deletedText: replies_count > 0 ? 'Deleted, with its replies.' : 'Deleted.',
    failureText: 'Your crud wasn’t deleted.',
    // 410: already deleted in another tab, or expired.
    send: async (init) => {
      await read(api.activities[':uuid'].$delete({ param: { uuid } }, { init })).catch(ignoreStatus(410))
    },
    remove: () => removeActivity(queries, uuid),
  })
}
