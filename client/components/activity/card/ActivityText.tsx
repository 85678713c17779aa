import { countGraphemes } from '../../../../worker/contract/graphemes.ts'
import { linkedText } from '../../text/linked-text.tsx'

/** Returns the size of a top-level text by length in grapheme clusters: up to 40, up to 140, longer. Short ones are larger. */
function sizeOf(text: string): 'short' | 'medium' | 'long' {
  const length = countGraphemes(text)
  if (length <= 40) return 'short'
  return length <= 140 ? 'medium' : 'long'
}

/** Lines shown in a list; activity.css clamps to as many. */
const MAX_LINES = 10
/** Grapheme clusters that fill those lines on a wide screen. */
const MAX_GRAPHEMES = 700

type ActivityTextProps = {
  text: string
  id?: string | undefined
  /** Text of a top-level activity, which is larger the shorter it is. */
  topLevel?: boolean
  /** In a list: the activity's page. A long text is clamped and links there. */
  fullTextPath?: string | undefined
  /** Handles in the text that are linked; others belong to nobody. */
  mentions: readonly string[]
}

/** The text of an activity, with links. Line breaks are kept; several blank lines become one. */
export function ActivityText({ text, id, topLevel = false, fullTextPath, mentions }: ActivityTextProps) {
  const shown = text.replace(/\n(?:[^\S\n]*\n){2,}/g, '\n\n')
  const size = topLevel ? sizeOf(text) : 'long'
  const isClamped =
    fullTextPath &&
    (shown.split('\n').length > MAX_LINES + 1 || (size === 'long' && countGraphemes(text) > MAX_GRAPHEMES))
  const className = ['activity-text linked', size !== 'long' && size, isClamped && 'clamped'].filter(Boolean).join(' ')
  const paragraph = (
    <p id={id} className={className} dir="auto">
      {linkedText(shown, mentions)}
    </p>
  )
  if (!isClamped) return paragraph
  return (
    <>
      {paragraph}
      <p className="context">
        <a href={fullTextPath}>Read on</a>
      </p>
    </>
  )
}
