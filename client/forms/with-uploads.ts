import type { Api } from '../net/api.ts'

/**
 * Runs the write of a compose form; first uploads the files that were chosen without script. `back`: the path to redirect to if the
 * same form was submitted before.
 */
export async function withUploads<T>(api: Api, form: FormData, back: string, write: () => Promise<T>) {
  if (!form.has('alt_0')) return write()
  const { uploadAndWrite } = await import('./upload-files.ts')
  return uploadAndWrite(api, form, back, write)
}
