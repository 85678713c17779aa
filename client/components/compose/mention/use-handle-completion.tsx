import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { Completion, CompletionHandle, CompletionKind } from './Completion.tsx'

/**
 * Completes handles while they are typed into a text box: arrow keys choose; Enter or a tap accepts; Escape closes. Returns
 * handlers for the box, and the list, to be rendered beside it. Without script, or if the chunk fails to load, it does nothing.
 */
export function useHandleCompletion(
  box: RefObject<HTMLInputElement | HTMLTextAreaElement | null>,
  kind: CompletionKind,
) {
  const completion = useRef<CompletionHandle>(null)
  const [Loaded, setLoaded] = useState<typeof Completion | null>(null)
  const load = () => {
    // A branch, so that the Worker's bundle leaves this code out (lazy-component.tsx).
    if (typeof document !== 'undefined')
      void import('./Completion.tsx').then((module) => setLoaded(() => module.Completion)).catch(() => {})
  }
  // The box may have got the focus before hydration.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once
  useEffect(() => {
    if (document.activeElement === box.current) load()
  }, [])
  return {
    list: Loaded && box.current && <Loaded box={box.current} kind={kind} ref={completion} />,
    handlers: {
      onFocus: load,
      onChange: () => completion.current?.onCaretMove(true),
      onSelect: () => completion.current?.onCaretMove(false),
      onBlur: () => completion.current?.close(),
      onKeyDown: (event: KeyboardEvent) => completion.current?.onKeyDown(event),
    },
  }
}
