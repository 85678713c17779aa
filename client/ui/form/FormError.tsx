import { LinkedSentence } from './LinkedSentence.tsx'

type FormErrorProps = {
  sentences: readonly string[]
  /** Paths by phrase of the sentences. */
  links?: Readonly<Record<string, string>>
}

/** Errors of a form as a whole; nothing if there are none. */
export function FormError({ sentences, links }: FormErrorProps) {
  if (sentences.length === 0) return null
  return (
    <div className="form-error" role="alert">
      {sentences.map((text) => (
        <p key={text}>{links ? <LinkedSentence text={text} links={links} /> : text}</p>
      ))}
    </div>
  )
}
