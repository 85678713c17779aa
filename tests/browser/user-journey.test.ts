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

const uuidIn = (address: string) => address.match(/status\/([\da-f-]{36})$/)?.[1]

/** The end is moved; no sweeper runs here, and the row stays. */
async function ends(uuid: Activity['uuid'] | undefined): Promise<void> {
  const rows = await site.db.sql('update activities set expires_at = now() where uuid = $1 returning uuid', [uuid])
  expect(rows).toHaveLength(1)
}

test.for(SCREENS)('on %s: from joining to the end of a crud', async ([, viewport]) => {
  const tab = await browser.tab({ viewport })
  const mira = await site.actors.join('mira')
  const anna = site.actors.unregistered('anna')
  await joins(tab, anna, mira)

  const kettle = `Kettle’s on, says ${anna.handle}.`
  const other = `This one burns on, says ${anna.handle}.`
  await posts(tab, other, '3 days')
  await posts(tab, kettle)

  await tab.opensOwnProfile()
  await tab.sees(tab.heading('Anna'))
  await tab.sees(tab.main.getByText('2 cruds burning'))
  await opensCrud(tab, kettle)
  const address = tab.path
  expect(address).toContain(`/@${anna.handle}/status/`)

  const answer = `With milk, says ${anna.handle}?`
  await writesReply(tab, answer)
  await tab.sees(tab.crud(answer).getByText('and ends with it'))
  await deletes(tab, answer)
  await opensCrud(tab, kettle)
  await tab.doesNotSee(tab.crud(answer))

  await ends(uuidIn(address))
  await tab.visits('/')
  await tab.sees(tab.crud(other))
  await tab.doesNotSee(tab.crud(kettle))
  await tab.visits(`/@${anna.handle}`)
  await tab.sees(tab.main.getByText('1 crud burning'))
  await tab.doesNotSee(tab.crud(kettle))
  await tab.opens(address, 410)
  await tab.sees(tab.heading('Burnt out'))
  await tab.sees(`This crud has burnt out. Here is what @${anna.handle} has burning now.`)
  await tab.sees(tab.crud(other))
  await tab.doesNotSee(tab.crud(kettle))

  const rows = await site.db.sql('select uuid from activities where uuid = $1', [uuidIn(address)])
  expect(rows).toHaveLength(1)
})

test.for(SCREENS)('on %s, without script: the same, in and out again', async ([, viewport]) => {
  const tab = await browser.tab({ viewport, javaScriptEnabled: false })
  const mira = await site.actors.join('mira')
  const anna = site.actors.unregistered('anna')
  await joins(tab, anna, mira)
  await tab.opensOwnProfile()
  await signsOut()
  await signsIn()

  const kettle = `No script in this kettle, says ${anna.handle}.`
  const other = `This burns on without script, says ${anna.handle}.`
  await posts(tab, other)
  await tab.sees(tab.main.locator('form').getByText('Gone in 7 days'))
  await posts(tab, kettle)
  expect(await tab.field('Your crud').inputValue()).toBe('')
  await tab.opensOwnProfile()
  await tab.sees(tab.crud(kettle))
  await opensCrud(tab, kettle)
  const address = tab.path
  const answer = `Without milk, says ${anna.handle}.`
  await writesReply(tab, answer)
  await meets(mira)

  await deletes(tab, answer)
  await tab.sees(tab.crud(kettle))
  await tab.visits(address)
  await tab.doesNotSee(tab.crud(answer))

  await ends(uuidIn(address))
  await tab.visits('/')
  await tab.doesNotSee(tab.crud(kettle))
  await tab.visits(address, 410)
  await tab.sees(tab.crud(other))

  await deletes(tab, other)
  await tab.doesNotSee(tab.crud(other))
  await signsOut()
  await tab.visits('/')
  await tab.sees(tab.heading('Say it. Let it burn.'))

  /** Likes, reposts, follows and writes to somebody, and changes what others see of oneself. */
  async function meets(person: Actor) {
    const message = `Liked by ${anna.handle}.`
    const crud = await person.posts(message)
    await tab.visits(`/@${person.handle}`)
    await tab.presses(`Follow @${person.handle}`)
    await tab.sees(tab.main.getByRole('button', { name: `Following @${person.handle}, stop` }))
    for (const deed of ['Like', 'Repost'] as const) {
      await pressesReaction(tab, message, deed)
      await seesReaction(tab, message, deed, true, 1)
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
    expect((await person.get(`/api/activities/${crud.uuid}`)).body).toMatchObject({ likes_count: 1, reposts_count: 1 })
    await tab.visits(address)
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
    await tab.sees('Email and password do not match. Check both, or get a new password.')
    expect(await tab.field('Email').inputValue()).toBe(anna.email)
    expect(await tab.field('Password').inputValue()).toBe('')
    await tab.fills({ Password: anna.details.password })
    await tab.presses('Sign in')
    await tab.comesTo('/')
    await tab.sees(tab.field('Your crud'))
  }
})

test('pages for people who are not signed in carry no script', async () => {
  const mira = await site.actors.join('mira')
  const crud = await mira.posts(`Hello from ${mira.handle}`)
  const gone = await mira.posts('Gone soon')
  await ends(gone.uuid)
  const tab = await browser.tab()
  const own = ['/', '/?feed=everyone', `/@${mira.handle}`, `/@${mira.handle}?tab=replies`]
  const doors = ['/signup', '/signin', '/confirm', '/forgot', '/forgot?step=confirm', '/forgot?step=done']
  const rest = ['/about', '/terms-of-service', '/privacy-policy', `/@${mira.handle}/status/${crud.uuid}`]
  for (const path of [...own, ...doors, ...rest]) {
    expect(await (await tab.visits(path)).text(), path).not.toContain('<script')
  }
  for (const [path, status] of [
    ['/nothing/here', 404],
    [`/@${mira.handle}/status/${gone.uuid}`, 410],
  ] as const) {
    expect(await (await tab.visits(path, status)).text(), path).not.toContain('<script')
  }
})

test.each([
  ['with script', true],
  ['without script', false],
])('%s: whose handle was taken before they were confirmed picks another', async (_, javaScriptEnabled) => {
  const anna = site.actors.unregistered('anna')
  const quick = site.actors.unregistered('quick')
  quick.details.handle = anna.handle
  await anna.signsUp()
  await quick.signsUp()
  await quick.confirms()

  const tab = await browser.tab({ viewport: PHONE, javaScriptEnabled })
  await tab.visits(`/confirm?email=${encodeURIComponent(anna.email)}`)
  await tab.fills({ Code: anna.code, Password: anna.details.password })
  await tab.presses('Confirm')
  await tab.sees(tab.heading('Pick a handle'))
  // There is no way round it.
  await tab.visits('/')
  await tab.sees(tab.heading('Pick a handle'))

  tab.expects(422)
  const handle = tab.field('Handle')
  await handle.fill(anna.handle)
  await tab.presses('Take it')
  await expect.poll(() => descriptionOf(handle)).toContain('Somebody has this handle already')
  const offer = (await descriptionOf(handle)).match(/Still free: (\w+), \w+, \w+/)?.[1] ?? ''
  expect(offer).not.toBe('')
  await handle.fill(offer)
  await tab.presses('Take it')
  await tab.comesTo('/')
  await posts(tab, `At last, says ${offer}`)
  await tab.visits(`/@${offer}`)
  await tab.sees(tab.crud(`At last, says ${offer}`))
})
