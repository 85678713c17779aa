import type { Image } from '../../../../worker/contract/image.ts'

/** Returns an image's uuid, which is a part of its URL. The rest of the URL changes every hour. */
export const imageUuid = ({ url }: Image): string | undefined => url.split('/')[3]
