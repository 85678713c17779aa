import { type FocusEvent, useEffect, useRef } from 'react'
import { isFocusLost } from '../keyboard/focus-position.ts'

/**
 * Keeps the focus in a list whose button removes its own row: moves it to the button of the row that takes its place, or to the
 * page's search box after the last one.
 * @returns props of the list
 */
export function useRowFocus(rowCount: number) {
  const list = useRef<HTMLUListElement>(null)
  const row = useRef(-1)
  useEffect(() => {
    if (row.current < 0 || !isFocusLost()) return
    const next = list.current?.children[Math.min(row.current, rowCount - 1)]
    const target = next?.querySelector('button') ?? document.querySelector<HTMLElement>('main [type="search"]')
    target?.focus({ preventScroll: true })
  }, [rowCount])
  return {
    ref: list,
    onFocus: ({ currentTarget, target }: FocusEvent<HTMLUListElement>) => {
      row.current = [...currentTarget.children].findIndex((child) => child.contains(target))
    },
  }
}
