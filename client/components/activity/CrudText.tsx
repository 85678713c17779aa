import { countGraphemes } from '../../../worker/contract/graphemes.ts'
import { LinkedText } from '../text/LinkedText.tsx'

/** The shorter a crud, the larger it is set: up to 40 grapheme clusters, up to 140, longer. */
export function sizeOf(text: string): 'short' | 'medium' | 'long' {
  const length = countGraphemes(text)
  if (length <= 40) return 'short'
  return length <= 140 ? 'medium' : 'long'
}

/** What a crud says. Line breaks stay, but a run of blank lines takes no more room than one. */
export function CrudText({ text, id }: { text: string; id?: string | undefined }) {
  const size = sizeOf(text)
  return (
    <p id={id} className={size === 'long' ? 'message linked' : `message linked ${size}`} dir="auto">
      <LinkedText text={text.replace(/\n(?:[^\S\n]*\n){2,}/g, '\n\n')} />
    </p>
  )
}
