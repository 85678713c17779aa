/** Writes one line of JSON to the Worker's log. */
export function log(line: { event: string } & Record<string, unknown>): void {
  console.log(JSON.stringify(line))
}
