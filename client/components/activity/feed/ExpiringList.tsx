import type { ComponentProps } from 'react'
import { useShownAt } from '../../../time/clock.tsx'
import { ListShownAt } from '../card/fuse-times.ts'

type BurningListProps = ComponentProps<'div'> & { as?: 'div' | 'section' | 'ul' }

/** A list with a heart-beat: what moves the fuses and the words of everything in it. */
export function ExpiringList({ as: Element = 'div', className, ...rest }: BurningListProps) {
  const shownAt = useShownAt()
  return (
    <ListShownAt value={shownAt}>
      <Element {...(rest as object)} className={className ? `${className} clock` : 'clock'} />
    </ListShownAt>
  )
}
