import { type KeyboardEvent, type Ref, useEffect, useId, useImperativeHandle, useState } from 'react'
import type { User } from '../../../../worker/contract/user.ts'
import { type Mention, mentionAt } from './mention-at.ts'
import { UnreachedWarning } from './UnreachedWarning.tsx'
import { UserOptions } from './UserOptions.tsx'
import { useCompletion } from './use-completion.ts'

/** Event handlers of the completion, which the text box calls. */
export type CompletionHandle = {
  /** The caret has moved. `isTyping`: because the text has changed. */
  onCaretMove(isTyping: boolean): void
  /** A key was pressed. Stops the propagation of a key that the completion handles. */
  onKeyDown(event: KeyboardEvent): void
  close(): void
}

/** Completes the @handle that is being typed in `box`, and warns of mentioned users who will not see it. Lazy-loaded when the box first gets the focus. */
export function Completion({ box, ref }: { box: HTMLTextAreaElement; ref: Ref<CompletionHandle> }) {
  const listId = useId()
  // The user may have typed a mention while this was loading.
  const [mention, setMention] = useState<Mention | null>(() => mentionIn(box))
  const [choice, setChoice] = useState(0)
  const users = useCompletion(mention?.prefix)
  const isOpen = users.length > 0
  const chosen = users[choice] ?? users[0]
  const close = () => setMention(null)

  const onCaretMove = (isTyping: boolean) => {
    if (!isTyping && !mention) return
    const found = mentionIn(box)
    if (found?.prefix !== mention?.prefix) setChoice(0)
    setMention(found)
  }

  const complete = ({ handle }: User) => {
    if (!mention) return
    const { start, end } = mention
    box.focus()
    box.setSelectionRange(start, box.value[end] === ' ' ? end + 1 : end)
    insert(box, `@${handle} `)
    close()
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (!isOpen || !chosen || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    const index = users.indexOf(chosen)
    if (event.key === 'ArrowDown') setChoice((index + 1) % users.length)
    else if (event.key === 'ArrowUp') setChoice((index + users.length - 1) % users.length)
    else if (event.key === 'Escape') close()
    // A handle that is typed in full needs no completion: the key keeps its default.
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey && chosen.handle !== mention?.prefix)
      complete(chosen)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  useImperativeHandle(ref, () => ({ onCaretMove, onKeyDown, close }))

  const active = isOpen && chosen ? `${listId}-${chosen.handle}` : null
  useEffect(() => {
    setOrRemove(box, 'aria-controls', active && listId)
    setOrRemove(box, 'aria-activedescendant', active)
  }, [box, active, listId])

  return (
    <>
      <UserOptions id={listId} users={users} chosen={chosen} onPick={complete} />
      <UnreachedWarning box={box} />
    </>
  )
}

const mentionIn = ({ value, selectionStart, selectionEnd }: HTMLTextAreaElement): Mention | null =>
  selectionStart === selectionEnd ? mentionAt(value, selectionStart) : null

function setOrRemove(element: Element, name: string, value: string | null): void {
  if (value) element.setAttribute(name, value)
  else element.removeAttribute(name)
}

/** Replaces the selection with a text, as typing does, so that the user can undo it. */
function insert(box: HTMLTextAreaElement, text: string): void {
  // Deprecated, but the only way that keeps the browser's undo history.
  if (document.execCommand('insertText', false, text)) return
  box.setRangeText(text, box.selectionStart, box.selectionEnd, 'end')
  box.dispatchEvent(new Event('input', { bubbles: true }))
}
