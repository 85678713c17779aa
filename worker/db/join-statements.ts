import type { Statement } from './send.ts'

/**
 * Returns one statement that runs several reads. Its single row has a JSON column with the rows of each read. Faster for small
 * reads, whose time is mostly overhead per statement in the driver, the network and the database.
 */
export function joinStatements(statements: Statement[]): Statement {
  const values: unknown[] = []
  const columns = statements.map(({ text, values: ownValues }, index) => {
    const offset = values.length
    values.push(...ownValues)
    const renumbered = text.replaceAll(/\$(\d+)/g, (_, number) => `$${Number(number) + offset}`)
    return `(select json_agg(read) from (${renumbered}) read) as read_${index}`
  })
  return { name: statements.map(({ name }) => name).join(' '), text: `select ${columns.join(', ')}`, values }
}

/** Returns the rows of the statement at `index` from the joined statement's row; [] if it returned none. */
export function rowsOf(joined: unknown, index: number): unknown[] {
  const lists = (joined ?? {}) as Record<string, unknown[] | null | undefined>
  return lists[`read_${index}`] ?? []
}
