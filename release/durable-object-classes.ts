import { git } from './git.ts'
import { ReleaseFailure } from './roll-out.ts'

/**
 * Returns the Durable Object classes that wrangler.toml declares at a commit, as tables `[exports.Name]`; undefined if the commit
 * is not in this checkout.
 */
export function classesAt(commit: string, runGit = git): string[] | undefined {
  let toml: string
  try {
    toml = runGit('show', `${commit}:wrangler.toml`)
  } catch {
    return undefined
  }
  return [...toml.matchAll(/^\[exports\.(\w+)\]$/gm)].map(([, name = '']) => name)
}

/** Returns the classes that are declared at the first commit and not at the second; none if either is unknown. */
function missingAt(first: string, second: string, runGit: typeof git): string[] {
  const classesOfFirst = classesAt(first, runGit)
  const classesOfSecond = classesAt(second, runGit)
  return classesOfFirst && classesOfSecond ? classesOfFirst.filter((name) => !classesOfSecond.includes(name)) : []
}

/**
 * Refuses to release a commit in steps if it adds a class: all versions with traffic must have the same ones.
 * @throws ReleaseFailure
 */
export function assertNoNewClass(live: string, next: string, runGit = git): void {
  const added = missingAt(next, live, runGit)
  if (added.length === 0) return
  throw new ReleaseFailure(
    `${next} adds the Durable Object class ${added.join(', ')}, which cannot be released in steps: docs/operating.md says how.`,
  )
}

/** Refuses to roll back beyond the release of a class, as Cloudflare does. @throws ReleaseFailure */
export function assertClassesKept(live: string, target: string, runGit = git): void {
  const lost = missingAt(live, target, runGit)
  if (lost.length === 0) return
  throw new ReleaseFailure(
    `${target} is from before the Durable Object class ${lost.join(', ')}, and Cloudflare does not go back beyond that. ` +
      'Push a commit that reverts the change instead.',
  )
}
