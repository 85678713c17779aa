/** Look of a button. `accent`, the default, is for a page's main action. */
export type ButtonLook = {
  look?: 'accent' | 'quiet' | 'danger' | undefined
  /** 36 px high instead of 44. */
  small?: boolean | undefined
  /** As wide as its container. */
  wide?: boolean | undefined
}

/** Returns the class names of a button. */
export function buttonClass({ look = 'accent', small, wide }: ButtonLook, more?: string): string {
  return ['button', look !== 'accent' && look, small && 'small', wide && 'wide', more].filter(Boolean).join(' ')
}
