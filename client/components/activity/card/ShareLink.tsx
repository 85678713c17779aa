import type { Activity } from '../../../../worker/contract/activity.ts'
import { useHasScript } from '../../../has-script.tsx'
import { paths } from '../../../routing/paths.ts'
import { icon } from '../../../ui/icon/icon.tsx'

/** Link to an activity. With script a press shares it (ShareSheetOpener.tsx). */
export function ShareLink({ activity }: { activity: Activity }) {
  return (
    <a
      className="action share"
      href={paths.activity(activity)}
      aria-label={useHasScript() ? 'Share' : 'Link to this crud'}
    >
      {icon('share')}
    </a>
  )
}
