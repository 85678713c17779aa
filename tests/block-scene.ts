import { type Member, people } from './crowd.ts'
import type { Site } from './harness/site.ts'
import { answers, follows, likes, lists, type One, reposts, says, writes } from './verbs.ts'

/** Anna and Ben, who have everything to do with each other, and Cleo, whom both follow and who reposts both. */
export async function meddle(site: Site) {
  const [anna, ben, cleo] = await people(site, 'anna', 'ben', 'cleo')
  const word = `w${crypto.randomUUID().slice(0, 8)}`
  const bothWays = [
    [anna, ben],
    [ben, anna],
  ] as const
  const shared = await says(cleo, 'of cleo')
  const cruds = new Map<Member, One>()
  for (const [one, other] of bothWays) {
    await follows(one, other)
    await follows(one, cleo)
    cruds.set(one, await says(one, `${word} #${word} @${other.handle}`))
    await answers(one, shared, `${word} and ho`)
    await likes(one, shared)
    await reposts(one, shared)
  }
  for (const [one, other] of bothWays) {
    const theirs = cruds.get(other) as One
    await reposts(cleo, theirs)
    await likes(one, theirs)
    await reposts(one, theirs)
    await writes(one, other, 'psst')
  }
  return { anna, ben, cleo, word, shared, cruds }
}

export type Scene = Awaited<ReturnType<typeof meddle>>
/** What that person has crudded, naming the other. */
export const crudOf = ({ cruds }: Scene, who: Member) => cruds.get(who) as One

/** The addresses of twenty where `viewer` comes across `other`. */
export async function traces(scene: Scene, viewer: Member, other: Member): Promise<string[]> {
  const { word, shared, cleo } = scene
  const found: string[] = []
  const paths = [
    '/api/activities/home?limit=100',
    '/api/activities/everyone?limit=100',
    '/api/activities/last-light?limit=100',
    `/api/activities/search?term=${word}`,
    `/api/tags/${word}`,
    `/api/activities/${shared.uuid}/replies`,
    `/api/activities/${shared.uuid}/likes`,
    `/api/activities/${shared.uuid}/reposts`,
    `/api/users/@${cleo.handle}/followers`,
    `/api/users/@${cleo.handle}/activities`,
    `/api/users/@${viewer.handle}/followers`,
    `/api/users/@${viewer.handle}/following`,
    `/api/users/@${viewer.handle}/activities`,
    `/api/users/@${viewer.handle}/activities?tab=likes`,
    `/api/activities/${crudOf(scene, viewer).uuid}/likes`,
    `/api/activities/${crudOf(scene, viewer).uuid}/reposts`,
    `/api/users/search?term=${other.handle}`,
    `/api/users?prefix=${other.handle}`,
    '/api/notifications?limit=100',
    '/api/message_groups',
  ]
  for (const path of paths) {
    if (JSON.stringify(await lists(viewer, path)).includes(other.uuid)) found.push(path)
  }
  return found
}
