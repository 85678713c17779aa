import { CognitoError } from './error.ts'

/** The JSON body of a request. */
export type Input = Record<string, unknown>

/** Returns a required text. Throws InvalidParameterException as Cognito's validation does. */
export function required(input: Input, name: string): string {
  const value = input[name]
  if (value === undefined || value === null || value === '') {
    throw invalidParameter(
      `1 validation error detected: Value at '${lowerFirst(name)}' failed to satisfy constraint: Member must not be null`,
    )
  }
  if (typeof value !== 'string') throw new CognitoError('SerializationException', `${name} is not a string`)
  return value
}

/** Returns the Username. Throws InvalidParameterException over 128 characters. */
export function requiredUsername(input: Input): string {
  const username = required(input, 'Username')
  if (username.length <= 128) return username
  throw invalidParameter(
    `1 validation error detected: Value '${username}' at 'username' failed to satisfy constraint: ` +
      'Member must have length less than or equal to 128',
  )
}

/** Returns an optional text. */
export function optional(input: Input, name: string): string | undefined {
  return input[name] === undefined || input[name] === null ? undefined : required(input, name)
}

/** Returns a map of texts such as AuthParameters; empty if absent. */
export function map(input: Input, name: string): Record<string, string> {
  const value = input[name] ?? {}
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new CognitoError('SerializationException', `${name} is not a map`)
  }
  return value as Record<string, string>
}

/** Returns a required entry of AuthParameters or ChallengeResponses. */
export function requiredEntry(entries: Record<string, string>, name: string): string {
  const value = entries[name]
  if (typeof value !== 'string' || value === '') throw invalidParameter(`Missing required parameter ${name}`)
  return value
}

/** Returns a list of `{Name, Value}` as a map; empty if absent. */
export function attributes(input: Input, name: string): Record<string, string> {
  const value = input[name] ?? []
  if (!Array.isArray(value)) throw new CognitoError('SerializationException', `${name} is not a list`)
  return Object.fromEntries(
    (value as { Name?: unknown; Value?: unknown }[]).map((item) => [String(item.Name), String(item.Value ?? '')]),
  )
}

/** Returns an InvalidParameterException. */
export function invalidParameter(message: string): CognitoError {
  return new CognitoError('InvalidParameterException', message)
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}
