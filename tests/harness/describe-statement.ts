import type pg from 'pg'

/** What Postgres says of a statement without running it; types by the names that `::type` takes. */
export type Described = { parameters: string[]; columns: { name: string; type: string }[] }

type Raw = { parameters: number[]; columns: { name: string; dataTypeID: number }[] }

/** Parses and describes a statement: https://www.postgresql.org/docs/18/protocol-flow.html (extended query). */
export async function describeStatement(client: pg.Client, text: string): Promise<Described> {
  const { parameters, columns } = await ask(client, text)
  const oids = [...new Set([...parameters, ...columns.map(({ dataTypeID }) => dataTypeID)])]
  const { rows } = await client.query<{ oid: number; name: string }>(
    'select oid::integer, format_type(oid, null) as name from unnest($1::oid[]) as oid',
    [oids],
  )
  const names = new Map(rows.map(({ oid, name }) => [oid, name]))
  const nameOf = (oid: number) => names.get(oid) ?? String(oid)
  return {
    parameters: parameters.map(nameOf),
    columns: columns.map(({ name, dataTypeID }) => ({ name, type: nameOf(dataTypeID) })),
  }
}

type Connection = {
  parse(message: object, more: boolean): void
  describe(message: object, more: boolean): void
  sync(): void
  once(event: string, listener: (message: { dataTypeIDs: number[] }) => void): void
}

// pg lets an object of this shape take its turn in the queue: see its Query and pg-cursor.
function ask(client: pg.Client, text: string): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const raw: Raw = { parameters: [], columns: [] }
    const turn = {
      submit(connection: Connection) {
        connection.once('parameterDescription', ({ dataTypeIDs }) => {
          raw.parameters = dataTypeIDs
        })
        connection.parse({ name: '', text, types: [] }, true)
        connection.describe({ type: 'S', name: '' }, true)
        connection.sync()
      },
      handleRowDescription: ({ fields }: { fields: Raw['columns'] }) => {
        raw.columns = fields
      },
      handleError: reject,
      handleReadyForQuery: () => resolve(raw),
    }
    client.query(turn as unknown as pg.Submittable)
  })
}
