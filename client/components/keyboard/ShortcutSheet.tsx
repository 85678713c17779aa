import { Fragment, type KeyboardEvent, type RefObject } from 'react'
import { Button } from '../../ui/button/Button.tsx'
import { SHORTCUTS } from './shortcuts.ts'

type ShortcutSheetProps = {
  ref: RefObject<HTMLDialogElement | null>
  /** Whether shortcuts are listened for. */
  on: boolean
  onSwitch: (on: boolean) => void
}

/** The sheet of all shortcuts, and the switch that turns them off. */
export function ShortcutSheet({ ref, on, onSwitch }: ShortcutSheetProps) {
  return (
    <dialog ref={ref} className="sheet" aria-labelledby="sheet-title" closedby="any" onKeyDown={stayInside}>
      <form method="dialog">
        <h2 id="sheet-title">Keyboard shortcuts</h2>
        <Button look="quiet" small>
          Close
        </Button>
      </form>
      <label>
        <input type="checkbox" checked={on} onChange={({ target }) => onSwitch(target.checked)} />
        Shortcuts are on
      </label>
      <div>
        {SHORTCUTS.map(({ title, shortcuts }) => (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            <dl>
              {shortcuts.map(({ keys, words }) => (
                <div key={keys}>
                  <dt>{words}</dt>
                  <dd>
                    {keys.split(' ').map((key, i) => (
                      <Fragment key={key}>
                        {i > 0 && ' then '}
                        <kbd>{key}</kbd>
                      </Fragment>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </dialog>
  )
}

/** From the last stop Tab leads to the first, and not out of the page. */
function stayInside(event: KeyboardEvent<HTMLDialogElement>): void {
  if (event.key !== 'Tab') return
  event.preventDefault()
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('button, input')]
  const at = stops.indexOf(document.activeElement as HTMLElement)
  stops[(at + (event.shiftKey ? stops.length - 1 : 1)) % stops.length]?.focus()
}
