import type { Ttl } from '../../../worker/contract/limits.ts'
import { TtlChooser } from '../compose/ttl/TtlChooser.tsx'
import { type FormState, SettingsForm } from './SettingsForm.tsx'

/** Picks the TTL that the composer begins with. */
export function DefaultTtlForm({ ttl, ...state }: FormState & { ttl: Ttl }) {
  return (
    <SettingsForm intent="lifetime" label="Save lifetime" {...state}>
      <TtlChooser chosen={ttl} />
    </SettingsForm>
  )
}
