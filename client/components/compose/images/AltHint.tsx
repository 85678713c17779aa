import { ALT_MAX } from '../../../../worker/contract/limits.ts'
import { usePreferences } from '../../../app-context.tsx'
import { numberText } from '../../../ui/form/count-text.ts'

/** Whether the viewer's pictures need a description. */
export const useAltRequired = (): boolean => usePreferences()?.alt_required ?? true

/** Says what descriptions are for, and whether the viewer has to write them. */
export const AltHint = ({ id }: { id: string }) => (
  <p className="hint" id={id}>
    {useAltRequired() ? 'Each picture needs a description' : 'A description is up to you'}: people who can’t see the
    picture hear it instead. Up to {numberText(ALT_MAX)} characters.
  </p>
)
