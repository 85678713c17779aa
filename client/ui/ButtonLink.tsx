import type { LinkProps } from 'react-router'
import { type ButtonLook, buttonClass } from './button-class.ts'
import { PageLink } from './PageLink.tsx'

/** A link that looks like a button: for going somewhere, not for doing something. */
export function ButtonLink({ look, small, wide, className, ...rest }: LinkProps & ButtonLook) {
  return <PageLink {...rest} className={buttonClass({ look, small, wide }, className)} />
}
