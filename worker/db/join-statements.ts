import type { Statement } from './send.ts'

/**
 * Returns one statement that runs several reads. Its single row holds the rows of each read as JSON, in the given order. Small
 * reads cost little themselves; most of their time is the overhead per statement in the driver, the network and the database.
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

/** Returns the rows of the statement at `index` from the joined statement's row; [] if it returned none. */
export function rowsOf(joined: unknown, index: number): unknown[] {
  const lists = (joined ?? {}) as Record<string, unknown[] | null | undefined>
  return lists[`read_${index}`] ?? []
}
