/** Writes one line of JSON, for whoever searches the Worker's logs. */
export function log(line: { event: string } & Record<string, unknown>): void {
  console.log(JSON.stringify(line))
}
