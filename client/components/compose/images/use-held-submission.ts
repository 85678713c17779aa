import { type RefObject, useEffect, useEffectEvent, useState } from 'react'

type HoldOptions = {
  imagesField: RefObject<HTMLTextAreaElement | null>
  /** Whether images are still being uploaded. */
  isUploading: boolean
  /** Whether something is wrong with an image. */
  hasProblem: boolean
  /** Called when a submission is refused because of a problem. */
  onProblem: () => void
}

/**
 * Holds back the submission of a form until its images are uploaded, and refuses it while something is wrong with one. Returns
 * whether a submission waits, and whether to show problems such as a missing alt text: not before the first submission, since the
 * user may still be writing.
 */
export function useHeldSubmission({ imagesField, isUploading, hasProblem, onProblem }: HoldOptions) {
  const [isWaiting, setWaiting] = useState(false)
  const [areProblemsShown, setProblemsShown] = useState(false)

  const hold = useEffectEvent((event: Event) => {
    if (!isUploading && !hasProblem) {
      setProblemsShown(false)
      return
    }
    // This listener runs before React's, which is on the root element.
    event.preventDefault()
    event.stopPropagation()
    setProblemsShown(true)
    setWaiting(!hasProblem)
    if (hasProblem) onProblem()
  })

  useEffect(() => {
    const form = imagesField.current?.form
    const onSubmit = (event: Event) => hold(event)
    form?.addEventListener('submit', onSubmit)
    return () => form?.removeEventListener('submit', onSubmit)
  }, [imagesField])

  useEffect(() => {
    if (!isWaiting || (isUploading && !hasProblem)) return
    setWaiting(false)
    if (!hasProblem) imagesField.current?.form?.requestSubmit()
  }, [imagesField, isWaiting, isUploading, hasProblem])

  return { isWaiting, areProblemsShown }
}
