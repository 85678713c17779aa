import { type RefObject, useEffect, useEffectEvent, useState } from 'react'

type HoldOptions = {
  box: RefObject<HTMLTextAreaElement | null>
  /** Whether images are still being uploaded. */
  isUploading: boolean
  /** Whether something is wrong with an image. */
  hasProblem: boolean
  /** Called if a submission is refused for that. */
  onProblem: () => void
}

/**
 * Holds back the submission of a form until its images are uploaded, and refuses it while something is wrong with one. Returns
 * whether it waits, and whether one was tried: then problems are shown that the user may have been about to mend.
 */
export function useHeldSubmission({ box, isUploading, hasProblem, onProblem }: HoldOptions) {
  const [isWaiting, setWaiting] = useState(false)
  const [isTried, setTried] = useState(false)

  const hold = useEffectEvent((event: Event) => {
    if (!isUploading && !hasProblem) {
      setTried(false)
      return
    }
    // Before React's listener, which is on the document's root.
    event.preventDefault()
    event.stopPropagation()
    setTried(true)
    setWaiting(!hasProblem)
    if (hasProblem) onProblem()
  })

  useEffect(() => {
    const form = box.current?.form
    const onSubmit = (event: Event) => hold(event)
    form?.addEventListener('submit', onSubmit)
    return () => form?.removeEventListener('submit', onSubmit)
  }, [box])

  useEffect(() => {
    if (!isWaiting || (isUploading && !hasProblem)) return
    setWaiting(false)
    if (!hasProblem) box.current?.form?.requestSubmit()
  }, [box, isWaiting, isUploading, hasProblem])

  return { isWaiting, isTried }
}
