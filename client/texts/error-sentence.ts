import { ApiError } from '../net/api.ts'
import { sentence } from './sentences.ts'

/** What to tell a person whose wish was not granted. */
export const errorSentence = (error: unknown): string =>
  sentence((error instanceof ApiError && error.data.errors[0]?.code) || 'internal')
