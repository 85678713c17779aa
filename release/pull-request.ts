import type { JsonApi } from './json-api.ts'

type PullRequest = {
  /** `owner/name` */
  repository: string
  number: number
}
type Comment = { id: number; body?: string }

/** Creates a comment of a pull request, or updates the one that was created with the same invisible `marker`. */
export async function upsertComment(
  api: JsonApi,
  { repository, number }: PullRequest,
  marker: string,
  text: string,
): Promise<void> {
  const issues = `/repos/${repository}/issues`
  const opening = `<!-- ${marker} -->`
  const body = `${opening}\n${text}`
  const existing = await findComment(api, `${issues}/${number}/comments`, opening)
  if (existing) await api('PATCH', `${issues}/comments/${existing.id}`, { body })
  else await api('POST', `${issues}/${number}/comments`, { body })
}

async function findComment(api: JsonApi, path: string, opening: string): Promise<Comment | undefined> {
  for (let page = 1; ; page += 1) {
    const comments = await api<Comment[]>('GET', `${path}?per_page=100&page=${page}`)
    const found = comments.find(({ body }) => body?.startsWith(opening))
    if (found || comments.length < 100) return found
  }
}
