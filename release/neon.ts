import { setTimeout as sleep } from 'node:timers/promises'
import { ApiError, type JsonApi } from './json-api.ts'

/** Connection URLs of a Neon branch: `direct` for migrations, `pooled` for the Worker. */
export type Branch = { direct: string; pooled: string }

type BranchList = { branches: { id: string; name: string }[] }
type DatabaseList = { databases: { name: string; owner_name: string }[] }
/** State of a branch or compute: `init` while it is being created; an `idle` compute starts at the first connection. */
type State = { current_state: string }

/** TTL of a branch that is not renewed, in days. Neon allows at most 30, by its own clock. */
const BRANCH_TTL_DAYS = 29
/** Limit of attempts; with the pauses between them about a minute. */
const MAX_TRIES = 30

export type Neon = ReturnType<typeof openNeon>

/**
 * Returns operations on branches of a Neon project (https://api-docs.neon.tech/reference/getting-started-with-neon-api). They are
 * created from its default branch, which must not hold users' data, and expire a month after their last `ensure`
 * (https://neon.com/docs/guides/branch-expiration).
 */
export function openNeon(api: JsonApi, project: string, pauseMs = 2000) {
  const base = `/projects/${project}`

  /** Calls a changing operation. Retries while Neon answers 423, since another change of the project is in progress. */
  async function change<T>(method: string, path: string, body?: unknown): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await api<T>(method, path, body)
      } catch (error) {
        if (statusOf(error) !== 423 || attempt === MAX_TRIES) throw error
        await sleep(pauseMs)
      }
    }
  }

  async function idOf(name: string): Promise<string | undefined> {
    const { branches } = await api<BranchList>('GET', `${base}/branches?search=${encodeURIComponent(name)}`)
    return branches.find((branch) => branch.name === name)?.id
  }

  async function create(name: string): Promise<string> {
    const { branch } = await change<{ branch: { id: string } }>('POST', `${base}/branches`, {
      branch: { name, expires_at: monthFromNow() },
      endpoints: [{ type: 'read_write' }],
    })
    return branch.id
  }

  async function renew(id: string): Promise<string> {
    await change('PATCH', `${base}/branches/${id}`, { branch: { expires_at: monthFromNow() } })
    return id
  }

  /** Waits until the branch and its compute are ready: Neon responds before they are. */
  async function waitUntilReady(id: string): Promise<void> {
    for (let attempt = 1; !(await isReady(id)); attempt += 1) {
      if (attempt === MAX_TRIES)
        throw new Error('Neon has not made the branch and its compute ready in time: try again.')
      await sleep(pauseMs)
    }
  }

  async function isReady(id: string): Promise<boolean> {
    const [{ branch }, { endpoints }] = await Promise.all([
      api<{ branch: State }>('GET', `${base}/branches/${id}`),
      api<{ endpoints: State[] }>('GET', `${base}/branches/${id}/endpoints`),
    ])
    const states = [branch, ...endpoints].map(({ current_state }) => current_state)
    return endpoints.length > 0 && !states.includes('init')
  }

  async function readBranch(id: string): Promise<Branch> {
    await waitUntilReady(id)
    const { databases } = await api<DatabaseList>('GET', `${base}/branches/${id}/databases`)
    const [database] = databases
    if (!database) throw new Error('The default branch of the Neon project has no database.')
    const query = new URLSearchParams({ branch_id: id, database_name: database.name, role_name: database.owner_name })
    const readUrl = async (pooled: boolean) =>
      (await api<{ uri: string }>('GET', `${base}/connection_uri?${query}&pooled=${pooled}`)).uri
    const [direct, pooled] = await Promise.all([readUrl(false), readUrl(true)])
    return { direct, pooled }
  }

  /** Returns the branch of that name; creates it if needed. */
  async function ensure(name: string): Promise<Branch> {
    const id = await idOf(name)
    return readBranch(id ? await renew(id) : await create(name))
  }

  /** Deletes the branch of that name, if it exists. */
  async function drop(name: string): Promise<void> {
    const id = await idOf(name)
    if (!id) return
    await change('DELETE', `${base}/branches/${id}`).catch((error: unknown) => {
      if (statusOf(error) !== 404) throw error
    })
  }

  /** Deletes the branch of that name and creates a new one. */
  async function recreate(name: string): Promise<Branch> {
    await drop(name)
    // Neon deletes it asynchronously; until then its name is taken.
    for (let attempt = 1; await idOf(name); attempt += 1) {
      if (attempt === MAX_TRIES) throw new Error(`Neon has not deleted the branch ${name} in time: try again.`)
      await sleep(pauseMs)
    }
    return readBranch(await create(name))
  }

  return { ensure, drop, recreate }
}

const statusOf = (error: unknown): number | undefined => (error instanceof ApiError ? error.status : undefined)

const monthFromNow = () => new Date(Date.now() + BRANCH_TTL_DAYS * 86_400_000).toISOString()
