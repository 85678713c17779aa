import type { ReactNode } from 'react'
import { icon } from '../icon/icon.tsx'

/** Error message of a field, which refers to it by `id`. */
export function ErrorText({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p className="error" id={id} role="alert">
      {icon('alert')}
      {children}
    </p>
  )
}
