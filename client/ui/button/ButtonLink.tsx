import type { ComponentProps } from 'react'
import { type ButtonLook, buttonClass } from './button-class.ts'

/** Link that looks like a button. */
export function ButtonLink({ look, small, wide, className, ...rest }: ComponentProps<'a'> & ButtonLook) {
  return <a {...rest} className={buttonClass({ look, small, wide }, className)} />
}
