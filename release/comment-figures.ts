// What `npm run comment:figures` runs: creates or updates the comment of a pull request that shows what the bench measured.
// It needs Node alone, so that no package runs beside a token that can write.
import { env } from 'node:process'
import { runCommand } from './command.ts'
import { jsonApi } from './json-api.ts'
import { upsertComment } from './pull-request.ts'

function need(name: string): string {
  const value = env[name]
  if (!value) throw new Error(`${name} is not set.`)
  return value
}

await runCommand(async () => {
  const github = jsonApi('GitHub', env.GITHUB_API_URL ?? 'https://api.github.com', need('GITHUB_TOKEN'), {
    accept: 'application/vnd.github+json',
  })
  const pullRequest = { repository: need('GITHUB_REPOSITORY'), number: Number(need('PULL_REQUEST')) }
  const title = `Sizes and round trips at ${need('COMMIT').slice(0, 12)}`
  await upsertComment(github, pullRequest, 'figures', `**${title}**\n\n${need('FIGURES')}`)
})
