/** Words like no other, by what they are: what somebody typed, and what opens a session. */
export class Canaries {
  readonly #words = new Map<string, string>()

  /** Lets a word out; answers it. */
  plant(what: string, word: string = `${what}${crypto.randomUUID().slice(0, 12)}`): string {
    this.#words.set(`${what} ${this.#words.size}`, word)
    return word
  }

  get count(): number {
    return this.#words.size
  }

  /** Those that stand in a text, in whatever form. */
  foundIn(text: string): string[] {
    return [...this.#words].filter(([, word]) => formsOf(word).some((form) => has(text, form))).map(([what]) => what)
  }
}

/** A word as a log could have it: as it is, in an address, in JSON, in hexadecimal, in Base64 wherever it begins. */
export function formsOf(word: string): string[] {
  const bytes = Buffer.from(word)
  const base64 = [0, 1, 2].map((before) =>
    Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      // The characters that stand for this word alone.
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

/** A number is there only by itself: by chance some digits are the same as those of a code. */
const has = (text: string, form: string) =>
  /^\d+$/.test(form) ? new RegExp(`(?<![\\w-])${form}(?![\\w-])`).test(text) : text.includes(form)
