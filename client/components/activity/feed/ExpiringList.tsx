import type { ComponentProps } from 'react'
import { useMountedAt } from '../../../time/clock.tsx'
import { ListShownAt } from '../card/fuse-times.ts'

type ExpiringListProps = ComponentProps<'div'> & { as?: 'div' | 'section' | 'ul' }

/** A list with a heart-beat: what moves the fuses and the words of everything in it. */
export function ExpiringList({ as: Element = 'div', className, ...rest }: ExpiringListProps) {
  const shownAt = useMountedAt()
  return (
    <ListShownAt value={shownAt}>
      <Element {...(rest as object)} className={className ? `${className} fuse-ticks` : 'fuse-ticks'} />
    </ListShownAt>
  )
}
