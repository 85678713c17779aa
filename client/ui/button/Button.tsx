import type { ComponentProps } from 'react'
import { type ButtonLook, buttonClass } from './button-class.ts'

type ButtonProps = ComponentProps<'button'> &
  ButtonLook & {
    /** The form is being submitted: ignores clicks, but stays focusable, unlike `disabled`. */
    pending?: boolean
  }

/** A button; without `type` it submits its form. */
export function Button({ look, small, wide, pending = false, className, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="submit"
      {...rest}
      className={buttonClass({ look, small, wide }, className)}
      aria-disabled={pending || undefined}
      onClick={(event) => (pending ? event.preventDefault() : onClick?.(event))}
    >
      {children}
    </button>
  )
}
