import type { Activity } from '../../../../worker/contract/activity.ts'
import { useHasScript } from '../../../has-script.tsx'
import { paths } from '../../../routing/paths.ts'

/** Link to an activity. With script a press shares it (ShareLayer.tsx). */
export function ShareLink({ activity }: { activity: Activity }) {
  return (
    // biome-ignore lint/a11y/useAnchorContent: it has a name, and CSS draws its icon
    <a
      className="action share"
      href={paths.activity(activity)}
      aria-label={useHasScript() ? 'Share' : 'Link to this crud'}
    />
  )
}
