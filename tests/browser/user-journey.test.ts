import { expect, test } from 'vitest'
import type { Activity } from '../../worker/contract/activity.ts'
import { openSite } from '../harness/site.ts'
import type { Actor } from '../support/actors/actors.ts'
import { DESKTOP, openBrowser, PHONE } from './support/browser.ts'
import { pressesReaction, seesReaction } from './support/page-actions.ts'
import { descriptionOf } from './support/tab.ts'
import { deletes, joins, opensCrud, posts, writesReply } from './support/user-journey.ts'

const site = await openSite()
const browser = await openBrowser(site)

const SCREENS = [
  ['a phone', PHONE],
  ['a desktop', DESKTOP],
] as const

const uuidOf = (path: string) => path.match(/status\/([\da-f-]{36})$/)?.[1]

/** Expires an activity; without a cron run its row stays. */
async function expire(uuid: Activity['uuid'] | undefined): Promise<void> {
  const rows = await site.db.sql('update activities set expires_at = now() where uuid = $1 returning uuid', [uuid])
  expect(rows).toHaveLength(1)
}

test.for(SCREENS)(
  'on %s: a user signs up, posts, replies and deletes, and an expired crud is gone from every page',
  async ([, viewport]) => {
    const tab = await browser.tab({ viewport })
    const mira = await site.actors.join('mira')
    const anna = site.actors.unregistered('anna')
    await joins(tab, anna, mira)

    const expiringText = `Kettle’s on, says ${anna.handle}.`
    const lastingText = `This one burns on, says ${anna.handle}.`
    await posts(tab, lastingText, '3 days')
    await posts(tab, expiringText)

    await tab.opensOwnProfile()
    await tab.sees(tab.heading('Anna'))
    await tab.sees(tab.main.getByText('2 cruds burning'))
    await opensCrud(tab, expiringText)
    const path = tab.path
    expect(path).toContain(`/@${anna.handle}/status/`)

    const replyText = `With milk, says ${anna.handle}?`
    await writesReply(tab, replyText)
    // Its parent is above it, so that the words are for assistive technology alone.
    await tab.sees(tab.crud(replyText).getByText(`Replying to @${anna.handle}`))
    await deletes(tab, replyText, true)
    expect(tab.path).toBe(path)

    // The page may be polling.
    tab.expects(410)
    await expire(uuidOf(path))
    await tab.visits('/')
    await tab.sees(tab.crud(lastingText))
    await tab.doesNotSee(tab.crud(expiringText))
    await tab.visits(`/@${anna.handle}`)
    await tab.sees(tab.main.getByText('1 crud burning'))
    await tab.doesNotSee(tab.crud(expiringText))
    await tab.opens(path, 410)
    await tab.sees(tab.heading('Burnt out'))
    await tab.sees(`This crud has burnt out. Here’s what @${anna.handle} has burning now.`)
    await tab.sees(tab.crud(lastingText))
    await tab.doesNotSee(tab.crud(expiringText))

    const rows = await site.db.sql('select uuid from activities where uuid = $1', [uuidOf(path)])
    expect(rows).toHaveLength(1)
  },
)

test.for(SCREENS)(
  'on %s, without script: the same, with signing out and in, reactions, a message and a new name',
  async ([, viewport]) => {
    const tab = await browser.tab({ viewport, javaScriptEnabled: false })
    const mira = await site.actors.join('mira')
    const anna = site.actors.unregistered('anna')
    await joins(tab, anna, mira)
    await tab.opensOwnProfile()
    await tab.sees(tab.heading('Anna'))
    await signsOut()
    await signsIn()

    const expiringText = `No script in this kettle, says ${anna.handle}.`
    const lastingText = `This burns on without script, says ${anna.handle}.`
    await posts(tab, lastingText)
    await tab.sees(tab.main.locator('form').getByText('Gone in 7 days'))
    await posts(tab, expiringText)
    expect(await tab.field('Your crud').inputValue()).toBe('')
    await tab.opensOwnProfile()
    await tab.sees(tab.crud(expiringText))
    await opensCrud(tab, expiringText)
    const path = tab.path
    const replyText = `Without milk, says ${anna.handle}.`
    await writesReply(tab, replyText)
    await interactsWith(mira)

    await deletes(tab, replyText, false)
    await tab.sees(tab.crud(expiringText))
    await tab.visits(path)
    await tab.doesNotSee(tab.crud(replyText))

    await expire(uuidOf(path))
    await tab.visits('/')
    await tab.doesNotSee(tab.crud(expiringText))
    await tab.visits(path, 410)
    await tab.sees(tab.crud(lastingText))

    await deletes(tab, lastingText, false)
    await tab.doesNotSee(tab.crud(lastingText))
    await signsOut()
    await tab.visits('/')
    await tab.sees(tab.heading('Say it. Let it burn.'))

    /** Follows, likes, reposts, messages another user, and changes the own name. */
    async function interactsWith(person: Actor) {
      const message = `Liked by ${anna.handle}.`
      const crud = await person.posts(message)
      await tab.visits(`/@${person.handle}`)
      await tab.presses(`Follow @${person.handle}`)
      await tab.sees(tab.main.getByRole('button', { name: `Following @${person.handle}, stop` }))
      for (const reaction of ['Like', 'Repost'] as const) {
        await pressesReaction(tab, message, reaction)
        await seesReaction(tab, message, reaction, true, 1)
      }
      await tab.follows('Message')
      await tab.fills({ [`Message to ${person.details.display_name}`]: `Hello from ${anna.handle}` })
      await tab.presses('Send')
      await tab.sees(tab.main.getByText(`Hello from ${anna.handle}`))
      await tab.opensOwnProfile()
      await tab.follows('Edit profile')
      await tab.fills({ Name: 'Anna by hand' })
      await tab.presses('Save')
      await tab.sees('Saved.')
      await tab.opensOwnProfile()
      await tab.sees(tab.heading('Anna by hand'))
      expect((await person.get(`/api/activities/${crud.uuid}`)).body).toMatchObject({
        likes_count: 1,
        reposts_count: 1,
      })
      await tab.visits(path)
    }

    async function signsOut() {
      await tab.page.getByRole('link', { name: 'Sign out' }).click()
      await tab.presses('Sign out')
      await tab.sees(tab.heading('Say it. Let it burn.'))
    }

    async function signsIn() {
      tab.expects(401)
      await tab.follows('Sign in')
      await tab.fills({ Email: anna.email, Password: 'not-Mine-1!' })
      await tab.presses('Sign in')
      await tab.sees('Wrong email or password. Check both, or get a new password.')
      expect(await tab.field('Email').inputValue()).toBe(anna.email)
      expect(await tab.field('Password').inputValue()).toBe('')
      await tab.fills({ Password: anna.details.password })
      await tab.presses('Sign in')
      await tab.comesTo('/')
      await tab.sees(tab.field('Your crud'))
    }
  },
)

test('pages for signed-out visitors carry no script', async () => {
  const mira = await site.actors.join('mira')
  const crud = await mira.posts(`Hello from ${mira.handle}`)
  const expired = await mira.posts('Gone soon')
  await expire(expired.uuid)
  const tab = await browser.tab()
  const content = ['/', '/?feed=everyone', `/@${mira.handle}`, `/@${mira.handle}?tab=replies`]
  const accountPages = ['/signup', '/signin', '/confirm', '/forgot', '/forgot?step=confirm', '/forgot?step=done']
  const staticPages = ['/about', '/terms-of-service', '/privacy-policy', `/@${mira.handle}/status/${crud.uuid}`]
  for (const path of [...content, ...accountPages, ...staticPages]) {
    expect(await (await tab.visits(path)).text(), path).not.toContain('<script')
  }
  for (const [path, status] of [
    ['/nothing/here', 404],
    [`/@${mira.handle}/status/${expired.uuid}`, 410],
  ] as const) {
    expect(await (await tab.visits(path, status)).text(), path).not.toContain('<script')
  }
})

test.each([
  ['with script', true],
  ['without script', false],
])('%s: a user whose handle was taken before the confirmation picks another', async (_, javaScriptEnabled) => {
  const anna = site.actors.unregistered('anna')
  const faster = site.actors.unregistered('quick')
  faster.details.handle = anna.handle
  await anna.signsUp()
  await faster.signsUp()
  await faster.confirms()

  const tab = await browser.tab({ viewport: PHONE, javaScriptEnabled })
  await tab.visits(`/confirm?email=${encodeURIComponent(anna.email)}`)
  await tab.fills({ Code: anna.code, Password: anna.details.password })
  await tab.presses('Confirm')
  await tab.sees(tab.heading('Pick a handle'))
  // Every other page leads there too.
  await tab.visits('/')
  await tab.sees(tab.heading('Pick a handle'))

  tab.expects(422)
  const handle = tab.field('Handle')
  await handle.fill(anna.handle)
  await tab.presses('Use this handle')
  await expect.poll(() => descriptionOf(handle)).toContain('Somebody already has this handle')
  const offer = (await descriptionOf(handle)).match(/Still free: (\w+) \w+ \w+/)?.[1] ?? ''
  expect(offer).not.toBe('')
  await handle.fill(offer)
  await tab.presses('Use this handle')
  await tab.comesTo('/')
  await posts(tab, `At last, says ${offer}`)
  await tab.visits(`/@${offer}`)
  await tab.sees(tab.crud(`At last, says ${offer}`))
})
