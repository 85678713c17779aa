import { LinkedSentence } from './LinkedSentence.tsx'

type FormErrorProps = {
  /** Id by which a field is described that a new document focuses: the errors are before it, so would not be read out. */
  id?: string | undefined
  sentences: readonly string[]
  /** Paths by phrase of the sentences. */
  links?: Readonly<Record<string, string>>
}

/** Errors of a form as a whole; nothing if there are none. */
export function FormError({ id, sentences, links }: FormErrorProps) {
  if (sentences.length === 0) return null
  return (
    <div className="form-error" role="alert" id={id}>
      {sentences.map((text) => (
        <p key={text}>{links ? <LinkedSentence text={text} links={links} /> : text}</p>
      ))}
    </div>
  )
}
