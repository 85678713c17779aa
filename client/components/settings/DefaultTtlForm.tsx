import type { Ttl } from '../../../worker/contract/ttl.ts'
import { TtlChooser } from '../compose/ttl/TtlChooser.tsx'
import { type FormState, SettingsForm } from './SettingsForm.tsx'

/** Form for the TTL that is preselected when composing. */
export function DefaultTtlForm({ ttl, ...state }: FormState & { ttl: Ttl }) {
  return (
    <SettingsForm intent="lifetime" label="Save lifetime" {...state}>
      <TtlChooser chosen={ttl} />
    </SettingsForm>
  )
}
