import { useHasScript } from '../../has-script.tsx'
import { formatMoment, utcMoment } from '../../time/durations.ts'

/** A moment: in UTC from the server, in the viewer's zone and language, with "today", by script. */
export function LocalDateTime({ at }: { at: string }) {
  const scripted = useHasScript()
  return scripted ? formatMoment(at, {}, Date.now()) : utcMoment(at)
}
