import { countGraphemes } from '../../../../worker/contract/graphemes.ts'
import { PageLink } from '../../../ui/PageLink.tsx'
import { LinkedText } from '../../text/LinkedText.tsx'

/** The shorter a crud, the larger it is set: up to 40 grapheme clusters, up to 140, longer. */
export function sizeOf(text: string): 'short' | 'medium' | 'long' {
  const length = countGraphemes(text)
  if (length <= 40) return 'short'
  return length <= 140 ? 'medium' : 'long'
}

/** In a list no more lines than these are shown, see crud.css; so many grapheme clusters fill them on a wide screen. */
const LINES = 10
const LINES_HOLD = 700

type CrudTextProps = {
  text: string
  id?: string | undefined
  /** In a list: where all of a very long text can be read. */
  whole?: string | undefined
}

/** What a crud says. Line breaks stay, but a run of blank lines takes no more room than one. */
export function ActivityText({ text, id, whole }: CrudTextProps) {
  const shown = text.replace(/\n(?:[^\S\n]*\n){2,}/g, '\n\n')
  const size = sizeOf(text)
  const cut = whole && (shown.split('\n').length > LINES + 1 || (size === 'long' && countGraphemes(text) > LINES_HOLD))
  const className = ['message linked', size !== 'long' && size, cut && 'cut'].filter(Boolean).join(' ')
  return (
    <>
      <p id={id} className={className} dir="auto">
        <LinkedText text={shown} />
      </p>
      {cut && (
        <p className="why">
          <PageLink to={whole}>Read on</PageLink>
        </p>
      )}
    </>
  )
}
