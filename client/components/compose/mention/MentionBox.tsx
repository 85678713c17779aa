import { type ComponentProps, useEffect, useImperativeHandle, useRef, useState } from 'react'
import type { Completion, CompletionHandle } from './Completion.tsx'

/**
 * A text box that completes @handles while they are typed: arrow keys choose; Enter, Tab or a tap accepts; Escape closes. Without
 * script it is a plain text box. Its role remains `textbox`, since a combobox has a single line.
 */
export function MentionBox({
  ref,
  onChange,
  onSelect,
  onFocus,
  onBlur,
  onKeyDown,
  ...rest
}: ComponentProps<'textarea'>) {
  const box = useRef<HTMLTextAreaElement>(null)
  useImperativeHandle(ref, () => box.current as HTMLTextAreaElement, [])
  const completion = useRef<CompletionHandle>(null)
  const [loaded, setLoaded] = useState<typeof Completion | null>(null)

  // If the chunk fails to load, the box is a plain text box.
  const load = () =>
    void import('./Completion.tsx').then((module) => setLoaded(() => module.Completion)).catch(() => {})
  // The box may have got the focus before hydration.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once
  useEffect(() => {
    if (document.activeElement === box.current) load()
  }, [])

  const Loaded = loaded
  return (
    <div className="mention-box">
      <textarea
        {...rest}
        ref={box}
        aria-autocomplete="list"
        onFocus={(event) => {
          onFocus?.(event)
          load()
        }}
        onChange={(event) => {
          onChange?.(event)
          completion.current?.onCaretMove(true)
        }}
        onSelect={(event) => {
          onSelect?.(event)
          completion.current?.onCaretMove(false)
        }}
        onBlur={(event) => {
          onBlur?.(event)
          completion.current?.close()
        }}
        onKeyDown={(event) => {
          completion.current?.onKeyDown(event)
          if (!event.isPropagationStopped()) onKeyDown?.(event)
        }}
      />
      {Loaded && box.current && <Loaded box={box.current} ref={completion} />}
    </div>
  )
}
