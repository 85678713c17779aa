/** How a button looks. `accent` (the default) is for the one act that a page is for. */
export type ButtonLook = {
  look?: 'accent' | 'quiet' | 'danger' | undefined
  /** 36 px high instead of 44, for rows that are tall enough themselves. */
  small?: boolean | undefined
  /** As wide as what holds it. */
  wide?: boolean | undefined
}

/** The class names of a button that looks so. */
export function buttonClass({ look = 'accent', small, wide }: ButtonLook, more?: string): string {
  return ['button', look !== 'accent' && look, small && 'small', wide && 'wide', more].filter(Boolean).join(' ')
}
