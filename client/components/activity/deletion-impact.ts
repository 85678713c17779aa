import type { ActivityWeight } from '../../../worker/contract/activity.ts'
import { numberText } from '../../ui/form/count-text.ts'

const counted = (count: number, one: string, many: string) => `${numberText(count)} ${count === 1 ? one : many}`

/** Returns what deleting an activity also deletes: "12 replies by 5 people go with it." */
export function describeDeletionImpact({ replies_count, people_count }: ActivityWeight): string {
  if (replies_count === 0) return 'It will be gone at once, for everyone.'
  const replies = counted(replies_count, 'reply', 'replies')
  const people = counted(people_count, 'person', 'people')
  return `${replies} by ${people} ${replies_count === 1 ? 'goes' : 'go'} with it.`
}
