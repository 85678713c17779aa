import type { Activity } from '../../../../worker/contract/activity.ts'
import type { User } from '../../../../worker/contract/user.ts'
import { deleteActivity } from '../../../queries/activities/delete-activity.ts'
import { showFailure } from '../../../queries/cache/failure-toast.ts'
import { showToast } from '../../../queries/cache/toasts.ts'
import { mute, unmute } from '../../../queries/users/relations.ts'
import type { LoaderContext } from '../../../routing/loader-context.ts'
import { paths } from '../../../routing/paths.ts'
import { safetyPaths } from '../../../routing/safety-paths.ts'
import { MUTE_DURATIONS } from '../../user/mute-durations.ts'
import { copyLink } from './copy-link.ts'

type Tools = Pick<LoaderContext, 'api' | 'queries'>

/** An item of an activity's menu. */
export type MenuItem = {
  label: string
  /** Label on the menu's page, if the item does something else there, without script. */
  pageLabel?: string
  /** What it does, in small muted letters after the label. */
  hint?: string
  danger?: true
} & (
  | { to: string; run?: (tools: Tools) => Promise<void> | void }
  | { form: { action: string; name: string; value: string }; run: (tools: Tools) => Promise<void> }
  | { items: readonly MenuItem[] }
)

/**
 * Returns the items of an activity's menu, in order. Without script each opens a page (`to`) or posts a form; with script it runs
 * `run`, if it has one. `items` are a submenu: with script they replace the menu, on the menu's page
 * they are a section.
 */
export function menuItems(activity: Activity, viewer: User): MenuItem[] {
  const isOwn = activity.user.uuid === viewer.uuid
  return [copyItem(activity), ...(isOwn ? ownItems(activity) : othersItems(activity))]
}

const ownItems = (activity: Activity): MenuItem[] => [
  ...(activity.reply_to_activity_uuid ? [] : [{ label: 'Who can reply', to: paths.whoCanReply(activity) }]),
  { label: 'Delete & rewrite', to: paths.rewrite(activity) },
  {
    label: 'Put out',
    hint: 'Delete now',
    danger: true,
    to: paths.deleteActivity(activity),
    run: (tools) => {
      // False in the Worker's build, whose bundle then leaves this code out (lazy-component.tsx).
      if (typeof document !== 'undefined') void deleteActivity(tools, activity)
    },
  },
]

const othersItems = ({ uuid, user: { handle } }: Activity): MenuItem[] => [
  { label: `Mute @${handle}`, items: muteItems(handle) },
  { label: `Block @${handle}`, danger: true, to: paths.block(handle) },
  { label: 'Report', danger: true, to: safetyPaths.report({ activity: uuid }) },
]

const copyItem = (activity: Activity): MenuItem => ({
  label: 'Copy link',
  pageLabel: 'Link to this crud',
  to: paths.activity(activity),
  run: ({ queries }) => copyLink(queries, paths.activity(activity)),
})

const muteItems = (handle: string): MenuItem[] =>
  MUTE_DURATIONS.map(({ seconds, words }) => ({
    label: words,
    form: { action: paths.mute(handle), name: 'seconds', value: seconds },
    async run(tools) {
      try {
        await mute(tools, handle, seconds ? Number(seconds) : null)
        showToast(tools.queries, `You muted @${handle}.`, { label: 'Undo', run: () => undoMute(tools, handle) })
      } catch (error) {
        showFailure(tools.queries, `@${handle} isn’t muted.`, error)
      }
    },
  }))

async function undoMute(tools: Tools, handle: string): Promise<void> {
  try {
    await unmute(tools, handle)
    await tools.queries.refetchQueries({ queryKey: ['activities'], type: 'active' })
    showToast(tools.queries, `@${handle} is no longer muted.`)
  } catch (error) {
    showFailure(tools.queries, `@${handle} is still muted.`, error)
  }
}
