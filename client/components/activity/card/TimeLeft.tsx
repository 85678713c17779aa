import { isoDuration } from '../../../time/durations.ts'
import { PageLink } from '../../../ui/PageLink.tsx'
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx'

type TimeLeftProps = {
  /** Seconds left when the crud was shown; the words themselves come from time-left.css and follow the beat. */
  seconds: number
  /** The crud's page; without it the words lead nowhere. */
  to?: string | undefined
  id?: string | undefined
}

/** "4 minutes left", leading to the crud's page. */
export function TimeLeft({ seconds, to, id }: TimeLeftProps) {
  const time = <time dateTime={isoDuration(seconds)} />
  if (!to)
    return (
      <span className="left" id={id}>
        {time}
      </span>
    )
  return (
    <PageLink className="left" id={id} to={to}>
      {/* Generated text alone does not name a link everywhere. */}
      <VisuallyHidden>Open, </VisuallyHidden>
      {time}
    </PageLink>
  )
}
