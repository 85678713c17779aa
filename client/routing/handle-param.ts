import { ApiError } from '../net/api.ts'
import { isProfileSegment } from './paths.ts'

/** Returns the error of a page that does not exist. */
export const notFound = () => new ApiError(404, { errors: [{ code: 'not_found' }], request_id: '' })

/** Returns the handle of an `@handle` path segment. @throws ApiError 404 for any other segment. */
export function handleParam(segment: string | undefined): string {
  if (segment && isProfileSegment(segment)) return segment.slice(1)
  throw notFound()
}
