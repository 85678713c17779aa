// Both directions between JSON and Postgres' text format, by the rules of
// https://github.com/neondatabase/neon/blob/main/proxy/src/serverless/json.rs

/** Converts a parameter to text: null stays null, a string is taken as it is, an array becomes a `{…}` literal. */
export function toTextParameter(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return toArrayLiteral(value)
  return JSON.stringify(value)
}

function toArrayLiteral(values: unknown[]): string {
  return `{${values.map(toArrayElement).join(',')}}`
}

function toArrayElement(value: unknown): string {
  if (value === null) return 'NULL'
  if (Array.isArray(value)) return toArrayLiteral(value)
  // An object is its JSON as one quoted string.
  if (typeof value === 'object') return JSON.stringify(JSON.stringify(value))
  return JSON.stringify(value)
}

// Type numbers: https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat
const BOOL = 16
const INTEGERS = new Set([21, 23])
const FLOATS = new Set([700, 701])
const JSONS = new Set([114, 3802])
const ELEMENT_OF_ARRAY: Record<number, number> = {
  1000: 16,
  1005: 21,
  1007: 23,
  1016: 20,
  1021: 700,
  1022: 701,
  199: 114,
  3807: 3802,
  1009: 25,
  1014: 1042,
  1015: 1043,
  1115: 1114,
  1182: 1082,
  1183: 1083,
  1185: 1184,
  1231: 1700,
  2951: 2950,
}

/** Converts a column's text to a JSON value, as the proxy does unless raw text was requested. */
export function fromText(text: string | null, typeId: number): unknown {
  if (text === null) return null
  const element = ELEMENT_OF_ARRAY[typeId]
  if (element !== undefined) return parseArray(text, element)
  if (typeId === BOOL) return text === 't'
  if (INTEGERS.has(typeId)) return Number(text)
  // JSON has neither NaN nor infinity: those stay text.
  if (FLOATS.has(typeId)) return Number.isFinite(Number(text)) ? Number(text) : text
  if (JSONS.has(typeId)) return JSON.parse(text)
  return text
}

function parseArray(literal: string, element: number): unknown[] {
  // A literal with other bounds than 1 has them in front: [0:1]={…}
  let position = literal.indexOf('{')
  const readArray = (): unknown[] => {
    const values: unknown[] = []
    position += 1
    while (literal[position] !== '}') {
      if (literal[position] === ',') position += 1
      values.push(literal[position] === '{' ? readArray() : readElement())
    }
    position += 1
    return values
  }
  const readElement = (): unknown => {
    if (literal[position] === '"') return fromText(readQuoted(), element)
    const start = position
    while (literal[position] !== ',' && literal[position] !== '}') position += 1
    const text = literal.slice(start, position)
    return text === 'NULL' ? null : fromText(text, element)
  }
  const readQuoted = (): string => {
    let text = ''
    for (position += 1; literal[position] !== '"'; position += 1) {
      if (literal[position] === '\\') position += 1
      text += literal[position]
    }
    position += 1
    return text
  }
  return readArray()
}
