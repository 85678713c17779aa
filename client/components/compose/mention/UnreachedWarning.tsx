import { useQuery } from '@tanstack/react-query'
import { useLayoutEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { useApi } from '../../../app-context.tsx'
import { audienceWarningOf, emptyCircleQuery, unreachedQuery } from '../../../queries/users/audience-warning.ts'
import { paths } from '../../../routing/paths.ts'

/** Debounce while the user types, in ms. */
const DEBOUNCE_MS = 400

type Written = { message: string; audience: string }

function writtenIn({ value, form }: HTMLTextAreaElement): Written {
  const select = form?.elements.namedItem('audience')
  return { message: value, audience: select instanceof HTMLSelectElement ? select.value : '' }
}

/**
 * Warns while an activity is written that it mentions users who will not see it, or that nobody will, by the audience chosen in the
 * form of `box`. Shown below that choice.
 */
export function UnreachedWarning({ box }: { box: HTMLTextAreaElement }) {
  const api = useApi()
  const [{ message, audience }, setWritten] = useState(() => writtenIn(box))

  useLayoutEffect(() => {
    let timer = 0
    // What was written since the first render.
    setWritten(writtenIn(box))
    const onInput = ({ target }: Event) => {
      clearTimeout(timer)
      // No delay for a choice of audience, or for an empty box, whose text was sent.
      const isTyping = target === box && box.value !== ''
      timer = window.setTimeout(() => setWritten(writtenIn(box)), isTyping ? DEBOUNCE_MS : 0)
    }
    const { form } = box
    form?.addEventListener('input', onInput)
    return () => {
      clearTimeout(timer)
      form?.removeEventListener('input', onInput)
    }
  }, [box])

  const { data: handles = [] } = useQuery(unreachedQuery(api, message, audience))
  const { data: isCircleEmpty = false } = useQuery(emptyCircleQuery(api, audience))
  const warning = audienceWarningOf(handles, isCircleEmpty, audience)
  const options = box.form?.querySelector('.compose-options')
  if (!options) return null
  return createPortal(
    <p className="unreached" role="status">
      {warning && `${warning} `}
      {warning && audience === 'circle' && <a href={paths.circle()}>Add people</a>}
    </p>,
    options,
  )
}
