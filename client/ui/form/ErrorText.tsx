import type { ReactNode } from 'react'
import { Icon } from '../icon/Icon.tsx'

/** What is wrong, beside the input that `id` ties it to. */
export function ErrorText({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p className="error" id={id} role="alert">
      <Icon name="alert" />
      {children}
    </p>
  )
}
