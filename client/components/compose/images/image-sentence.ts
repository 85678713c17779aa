import { IMAGE_MAX_BYTES } from '../../../../worker/contract/limits.ts'
import { errorMessage } from '../../../texts/lazy-error-messages.ts'

/** File types that the picker offers. Not HEIC: iOS then converts its photos to JPEG, which can be decoded everywhere. */
export const IMAGE_TYPES = 'image/jpeg,image/png,image/webp,image/gif,image/avif'

/** Returns why an image was refused. */
export const imageSentence = (code: string): string =>
  code === 'body_too_large'
    ? `This picture is larger than ${IMAGE_MAX_BYTES / 1_048_576} MB. Please try a smaller one.`
    : errorMessage(code)
