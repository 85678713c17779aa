/** What is being asked for about one thing: what holds as far as the server has told, and the turn of the last wish. */
type Line<Held> = { latest: symbol; held: Held; turn: Promise<unknown> }

const linesOf = new WeakMap<object, Map<string, Line<unknown>>>()

/** How the wishes about one thing have ended: what holds now, and why the last one failed, if it did. */
export type Outcome<Held> = { held: Held; error?: unknown }

type Wish<Held> = {
  /** Whom the lines belong to: the query cache of one browser, or of one request at the edge. */
  owner: object
  /** What the wish is about; wishes about the same thing are sent one at a time. */
  key: string
  /** What holds before it. Counts for the first wish of a line only: later ones know it from the server. */
  held: Held
  send: () => Promise<Held>
}

/**
 * Sends a wish after those about the same thing that are under way; one that a later wish has overtaken is not sent.
 * Resolves, and never rejects, to the outcome of the line when this was its last wish, and to null otherwise: whoever
 * presses twice gets what they pressed last.
 */
export async function sendLatest<Held>({ owner, key, held, send }: Wish<Held>): Promise<Outcome<Held> | null> {
  const lines = (linesOf.get(owner) ?? new Map()) as Map<string, Line<Held>>
  linesOf.set(owner, lines as Map<string, Line<unknown>>)
  const line = lines.get(key) ?? { latest: Symbol(), held, turn: Promise.resolve() }
  lines.set(key, line)

  const mine = Symbol()
  line.latest = mine
  const turn = line.turn.then(async (): Promise<{ error?: unknown }> => {
    if (line.latest !== mine) return {}
    try {
      line.held = await send()
      return {}
    } catch (error) {
      return { error }
    }
  })
  line.turn = turn
  const failure = await turn
  if (line.latest !== mine) return null
  lines.delete(key)
  return { held: line.held, ...failure }
}
