import type { JsonApi } from './json-api.ts'

/** By which our comment is found again; nobody sees it. */
const MARK = '<!-- preview -->'

type Comment = { id: number; body?: string }

/** Writes the one comment of a pull request that tells of its preview, or writes it anew. */
export async function tellOnce(api: JsonApi, repository: string, number: number, text: string): Promise<void> {
  const issues = `/repos/${repository}/issues`
  const body = `${MARK}\n${text}`
  const ours = await findOurs(api, `${issues}/${number}/comments`)
  if (ours) await api('PATCH', `${issues}/comments/${ours.id}`, { body })
  else await api('POST', `${issues}/${number}/comments`, { body })
}

async function findOurs(api: JsonApi, path: string): Promise<Comment | undefined> {
  for (let page = 1; ; page += 1) {
    const comments = await api<Comment[]>('GET', `${path}?per_page=100&page=${page}`)
    const ours = comments.find(({ body }) => body?.startsWith(MARK))
    if (ours || comments.length < 100) return ours
  }
}
