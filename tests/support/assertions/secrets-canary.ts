/** Unique words that stand for secrets and typed texts, so that a leak into a log can be found. */
export class Canaries {
  readonly #words = new Map<string, string>()

  /** Registers a word, and returns it. */
  plant(what: string, word: string = `${what}${crypto.randomUUID().slice(0, 12)}`): string {
    this.#words.set(`${what} ${this.#words.size}`, word)
    return word
  }

  get count(): number {
    return this.#words.size
  }

  /** The names of the words that a text contains, in any encoding. */
  foundIn(text: string): string[] {
    return [...this.#words].filter(([, word]) => formsOf(word).some((form) => has(text, form))).map(([what]) => what)
  }
}

/** The encodings in which a log could contain a word: plain, URL, JSON, hexadecimal, and Base64 at each offset. */
export function formsOf(word: string): string[] {
  const bytes = Buffer.from(word)
  const base64 = [0, 1, 2].map((before) =>
    Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      // Only the characters that this word alone determines.
      .slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6)),
  )
  const url = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  return [
    ...new Set([
      word,
      encodeURIComponent(word),
      JSON.stringify(word).slice(1, -1),
      bytes.toString('hex'),
      ...base64,
      ...url,
    ]),
  ]
}

/** Whether a text contains a form; digits must stand alone, since longer numbers may contain a code by chance. */
const has = (text: string, form: string) =>
  /^\d+$/.test(form) ? new RegExp(`(?<![\\w-])${form}(?![\\w-])`).test(text) : text.includes(form)
