import type { Statement } from './send.ts'

/**
 * Makes one statement of several that only read. Its row holds the rows of each as JSON, in their order. Most of what a small read
 * costs is that it is a statement of its own: at the database, on the way, and in the driver.
 */
export function joinStatements(statements: Statement[]): Statement {
  const values: unknown[] = []
  const columns = statements.map(({ text, values: own }, index) => {
    const before = values.length
    values.push(...own)
    const renumbered = text.replaceAll(/\$(\d+)/g, (_, number) => `$${Number(number) + before}`)
    return `(select json_agg(read) from (${renumbered}) read) as read_${index}`
  })
  return { name: statements.map(({ name }) => name).join(' '), text: `select ${columns.join(', ')}`, values }
}

/** The rows of one of the statements in the row of the joined one. */
export function rowsOf(joined: unknown, index: number): unknown[] {
  const lists = (joined ?? {}) as Record<string, unknown[] | null | undefined>
  return lists[`read_${index}`] ?? []
}
