/** An HTTP response. `text` is the whole body; `body` is its parsed JSON, or null if it is not JSON. */
export type Answer = {
  status: number
  headers: Headers
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any
}

export type Fields = Record<string, string>

/** Makes an answer of a response whose body has been read. */
export function toAnswer(status: number, headers: Headers, text: string): Answer {
  const isJson = headers.get('content-type')?.startsWith('application/json') ?? false
  return { status, headers, text, body: isJson && text ? JSON.parse(text) : null }
}

/** An HTTP client that stores cookies and sends the headers of a browser on a page of the site. */
export class Client {
  /** Called with every answer; the integration suite compares it with the OpenAPI document. */
  static onAnswer: ((method: string, url: URL, answer: Answer) => void) | undefined

  readonly origin: string
  /** Cookie values by name. */
  readonly cookies = new Map<string, string>()
  /** Headers of every request; they override those of a browser. */
  headers: Fields = {}
  /** Aborts requests that take too long. */
  signal: AbortSignal | undefined

  constructor(origin: string) {
    this.origin = origin
  }

  /** Whether it has a session cookie, valid or not. */
  get hasSession(): boolean {
    return ['__Host-access', '__Host-refresh', '__Host-session'].some((name) => this.cookies.has(name))
  }

  get(path: string, headers?: Fields): Promise<Answer> {
    return this.send('GET', path, headers)
  }

  delete(path: string): Promise<Answer> {
    return this.send('DELETE', path)
  }

  post(path: string, json?: unknown): Promise<Answer> {
    return this.sendJson('POST', path, json)
  }

  put(path: string, json?: unknown): Promise<Answer> {
    return this.sendJson('PUT', path, json)
  }

  /** Requests a document, as the address bar does. Redirects are returned, not followed. */
  visits(path: string, headers?: Fields): Promise<Answer> {
    return this.send('GET', path, { accept: 'text/html', 'sec-fetch-site': 'none', ...headers })
  }

  /** Posts a form, as a browser without script does. */
  submits(path: string, fields: Fields): Promise<Answer> {
    const type = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' }
    return this.send('POST', path, type, new URLSearchParams(fields).toString())
  }

  /** Sends a request, stores the cookies of the answer and passes it to `onAnswer`. */
  async send(method: string, path: string, headers: Fields = {}, sentBody?: BodyInit): Promise<Answer> {
    const init = {
      method,
      headers: this.headersFor(method, headers),
      redirect: 'manual' as const,
      ...(sentBody === undefined ? {} : { body: sentBody }),
      ...(this.signal ? { signal: this.signal } : {}),
    }
    const url = new URL(path, this.origin)
    const response = await fetch(url, init)
    for (const line of response.headers.getSetCookie()) this.#storeCookie(line)
    const answer = toAnswer(response.status, response.headers, await response.text())
    Client.onAnswer?.(method, url, answer)
    return answer
  }

  /** The headers of a request; an empty value leaves a header out. */
  headersFor(method: string, headers: Fields = {}): Fields {
    const all = {
      'sec-fetch-site': 'same-origin',
      ...(method === 'GET' || method === 'HEAD' ? {} : { origin: this.origin }),
      ...(this.cookies.size > 0
        ? { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
        : {}),
      ...this.headers,
      ...headers,
    }
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''))
  }

  private sendJson(method: string, path: string, json: unknown): Promise<Answer> {
    if (json === undefined) return this.send(method, path)
    return this.send(method, path, { 'content-type': 'application/json' }, JSON.stringify(json))
  }

  #storeCookie(line: string): void {
    const [pair = '', ...attributes] = line.split(/;\s*/)
    const at = pair.indexOf('=')
    const name = pair.slice(0, at)
    if (attributes.some((attribute) => attribute.toLowerCase() === 'max-age=0')) this.cookies.delete(name)
    else this.cookies.set(name, pair.slice(at + 1))
  }
}
