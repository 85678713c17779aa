import type { ErrorBody, ErrorCode } from '../../../../worker/contract/error.ts'
import type { UploadedImage } from '../../../../worker/contract/image.ts'

type UploadOptions = {
  signal: AbortSignal
  /** Called with the part that was sent, 0 to 1. */
  onProgress: (sent: number) => void
}

/** Uploads an image; returns it, or why it was not uploaded. By XMLHttpRequest, since `fetch` reports no progress. */
export function uploadImage(file: File, { signal, onProgress }: UploadOptions): Promise<UploadedImage | ErrorCode> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/api/images')
    request.responseType = 'json'
    request.setRequestHeader('content-type', file.type || 'application/octet-stream')
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded / total)
    request.onload = () => {
      const answer: UploadedImage | Partial<ErrorBody> | null = request.response
      if (answer && 'uuid' in answer) return resolve(answer)
      // A response without our error body is a proxy's, or the connection was lost.
      resolve(answer?.errors?.[0]?.code ?? 'database_unavailable')
    }
    request.onerror = request.onabort = () => resolve('database_unavailable')
    signal.addEventListener('abort', () => request.abort())
    request.send(file)
  })
}
