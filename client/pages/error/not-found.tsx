import { ApiError } from '../../net/api.ts'

/** An address that nothing is at. */
export function loader(): never {
  throw new ApiError(404, { errors: [{ code: 'not_found' }], request_id: '' })
}

export const Component = () => null
