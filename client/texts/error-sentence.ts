import { ApiError } from '../net/api.ts'
import { sentence } from './sentences.ts'

/** Returns the sentence for an error of any kind. */
export const errorSentence = (error: unknown): string =>
  sentence((error instanceof ApiError && error.data.errors[0]?.code) || 'internal')
