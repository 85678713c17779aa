import { useQueryClient } from '@tanstack/react-query'
import { type ComponentType, useEffectEvent, useLayoutEffect, useState } from 'react'
import { showToast } from '../../../queries/cache/toasts.ts'
import { ImageIcon } from './ImageIcon.tsx'
import type { ImagePickerProps } from './image-picker-props.ts'
import { IMAGE_TYPES } from './image-sentence.ts'

/** The list of images, once its code is loaded. */
let LoadedUploads: ComponentType<ImagePickerProps> | undefined

/** Button that adds images; pasted and dropped files are added too. Loads the code that uploads and lists them on first use. */
export function ImagePicker(props: ImagePickerProps) {
  const { imagesField, path } = props
  const queries = useQueryClient()
  const [Uploads, setUploads] = useState(() => LoadedUploads)

  const addFiles = useEffectEvent(async (files: readonly File[]) => {
    try {
      const { ImageUploads, addImages } = await import('./ImageUploads.tsx')
      LoadedUploads = ImageUploads
      setUploads(() => ImageUploads)
      addImages(path, files)
    } catch {
      showToast(queries, 'Pictures can’t be added right now. Reload the page, then try again.')
    }
  })

  useLayoutEffect(() => {
    const form = imagesField.current?.form
    if (!form) return
    const listening = new AbortController()
    const { signal } = listening
    /** Shows the images of a draft. */
    const restore = () => void (imagesField.current?.value && addFiles([]))
    const setDropping = (isDropping: boolean) => form.classList.toggle('dropping', isDropping)
    restore()
    form.addEventListener('input', restore, { signal })
    form.addEventListener(
      'paste',
      (event) => {
        const { files = [], types = [] } = event.clipboardData ?? {}
        // A copied table or slide brings a picture of itself too: the user wants its text.
        if (files.length === 0 || types.includes('text/plain')) return
        event.preventDefault()
        void addFiles([...files])
      },
      { signal },
    )
    form.addEventListener(
      'dragover',
      (event) => {
        if (!event.dataTransfer?.types.includes('Files')) return
        event.preventDefault()
        setDropping(true)
      },
      { signal },
    )
    form.addEventListener(
      'dragleave',
      ({ relatedTarget }) => setDropping(relatedTarget instanceof Node && form.contains(relatedTarget)),
      { signal },
    )
    form.addEventListener(
      'drop',
      (event) => {
        setDropping(false)
        const files = [...(event.dataTransfer?.files ?? [])]
        if (files.length === 0) return
        event.preventDefault()
        void addFiles(files)
      },
      { signal },
    )
    return () => listening.abort()
  }, [imagesField])

  return (
    <>
      <label className="image-button" title="Add pictures">
        <input
          type="file"
          className="visually-hidden"
          aria-label="Add pictures"
          accept={IMAGE_TYPES}
          multiple
          onChange={({ target }) => {
            void addFiles([...(target.files ?? [])])
            // So that the same file can be chosen again.
            target.value = ''
          }}
        />
        <ImageIcon />
      </label>
      {Uploads && <Uploads {...props} />}
    </>
  )
}
