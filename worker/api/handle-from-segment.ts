import { AppError } from '../contract/app-error.ts'

/** Returns the handle in a path segment `@handle`, without the @. @throws AppError not_found for any other segment. */
export function handleFromSegment(segment: string): string {
  if (!/^@\w{1,30}$/.test(segment)) throw new AppError('not_found')
  return segment.slice(1)
}
