import { ApiError, type JsonApi } from './json-api.ts'

/** A database of Neon's that was branched off another: `direct` is for migrations, `pooled` for the Worker. */
export type Branch = { direct: string; pooled: string }

type Listed = { branches: { id: string; name: string }[] }
type Role = { databases: { name: string; owner_name: string }[] }

/**
 * Branches of one Neon project, by https://api-docs.neon.tech/reference/getting-started-with-neon-api. They are made of its
 * default branch, which must hold nobody's data.
 */
export function openNeon(api: JsonApi, project: string) {
  const base = `/projects/${project}`

  async function idOf(name: string): Promise<string | undefined> {
    const { branches } = await api<Listed>('GET', `${base}/branches?search=${encodeURIComponent(name)}`)
    return branches.find((branch) => branch.name === name)?.id
  }

  async function make(name: string): Promise<string> {
    const { branch } = await api<{ branch: { id: string } }>('POST', `${base}/branches`, {
      branch: { name },
      endpoints: [{ type: 'read_write' }],
    })
    return branch.id
  }

  return {
    /** The branch of that name, made if it is not there yet. */
    async ensure(name: string): Promise<Branch> {
      const id = (await idOf(name)) ?? (await make(name))
      const { databases } = await api<Role>('GET', `${base}/branches/${id}/databases`)
      const [database] = databases
      if (!database) throw new Error('The default branch of the Neon project has no database.')
      const query = new URLSearchParams({
        branch_id: id,
        database_name: database.name,
        role_name: database.owner_name,
      })
      const address = async (pooled: boolean) =>
        (await api<{ uri: string }>('GET', `${base}/connection_uri?${query}&pooled=${pooled}`)).uri
      const [direct, pooled] = await Promise.all([address(false), address(true)])
      return { direct, pooled }
    },

    /** Drops the branch of that name, if it is there. */
    async drop(name: string): Promise<void> {
      const id = await idOf(name)
      if (!id) return
      await api('DELETE', `${base}/branches/${id}`).catch((error: unknown) => {
        if (!(error instanceof ApiError && error.status === 404)) throw error
      })
    },
  }
}
