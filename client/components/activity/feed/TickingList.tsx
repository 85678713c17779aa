import type { ComponentProps } from 'react'
import { useMountedAt } from '../../../time/clock.tsx'
import { ListMountedAt } from '../card/fuse-times.ts'

type TickingListProps = ComponentProps<'div'> & { as?: 'div' | 'section' | 'ul' }

/** Container whose CSS ticks shorten the fuses and count down the times left of the activities in it (fuse-ticks.css). */
export function TickingList({ as: Element = 'div', className, ...rest }: TickingListProps) {
  const mountedAt = useMountedAt()
  return (
    <ListMountedAt value={mountedAt}>
      <Element {...(rest as object)} className={className ? `${className} fuse-ticks` : 'fuse-ticks'} />
    </ListMountedAt>
  )
}
