import { ApiError } from '../../net/api.ts'

/** Answers 404 for a URL that no page has. */
export function loader(): never {
  throw new ApiError(404, { errors: [{ code: 'not_found' }], request_id: '' })
}

export const Component = () => null
