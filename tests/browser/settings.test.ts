import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { blocks, mutes, posts, reads } from '../support/actors/actions.ts'
import { type Actor, PASSWORD } from '../support/actors/actors.ts'
import { changesProfile } from '../support/actors/change-profile.ts'
import { users } from '../support/actors/many-users.ts'
import { expectErrors } from '../support/assertions/expect-answer.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { opensLive, refusesSockets } from './support/live.ts'
import { opensPage, WITH_AND_WITHOUT_SCRIPT } from './support/navigation.ts'
import { toast, userRow } from './support/page-actions.ts'
import { descriptionOf, type Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)

const NEW_PASSWORD = 'Another-2027?'
const SIGNED_OUT = 'You’ve been signed out. Please sign in again.'

test('a new display name shows at once, on home and on own cruds', async () => {
  const anna = await site.actors.join('anna')
  const text = `Words of ${anna.handle}`
  await anna.posts(text)
  const tab = await browser.tab({ as: anna })
  await tab.opens('/')
  await tab.sees(tab.crud(text).getByRole('link', { name: `Anna @${anna.handle}` }))
  await tab.goesTo('Profile')
  await tab.follows('Edit profile')
  await tab.fills({ Name: 'Änna 🔥', 'About you': 'Says little.\nListens.' })
  await tab.presses('Save')
  await tab.sees('Saved.')
  await tab.goesTo('Home')
  await tab.sees(tab.crud(text).getByRole('link', { name: `Änna 🔥 @${anna.handle}` }))
  await tab.goesTo('Profile')
  await tab.sees(tab.heading('Änna 🔥'))
  await tab.sees(tab.main.getByText('Says little.\nListens.'))
  await tab.sees(tab.crud(text).getByRole('link', { name: `Änna 🔥 @${anna.handle}` }))
})

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s, changing the name alone keeps a bio that changed meanwhile elsewhere',
  async (_, scripted) => {
    const anna = await site.actors.join('anna')
    await changesProfile(anna, { bio: 'Says little.\nListens.' })
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    await opensPage(tab, '/settings', scripted)
    await changesProfile(anna, { bio: 'Written\non the phone.' })
    await tab.fills({ Name: 'Änna' })
    await tab.presses('Save')
    await tab.sees('Saved.')
    expect(await tab.field('Name').inputValue()).toBe('Änna')
    expect(await reads(anna, '/api/profile')).toMatchObject({ display_name: 'Änna', bio: 'Written\non the phone.' })

    await tab.fills({ 'About you': '' })
    await tab.presses('Save')
    await expect.poll(() => reads(anna, '/api/profile')).toMatchObject({ display_name: 'Änna', bio: '' })
  },
)

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s, input that is too long is kept, with an error beside its field',
  async (_, scripted) => {
    const anna = await site.actors.join('anna')
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    await opensPage(tab, '/settings', scripted)
    const typed = { Name: 'n'.repeat(61), 'About you': 'word '.repeat(60).trim() }
    await tab.fills(typed)
    if (scripted) await tab.sees('1 over')
    tab.expects(422)
    await tab.presses('Save')
    await tab.sees('Up to 60 characters fit. Please shorten it.')
    expect(await descriptionOf(tab.field('Name'))).toContain('Up to 60 characters fit. Please shorten it.')
    expect(await descriptionOf(tab.field('About you'))).toContain('Up to 280 characters fit. Please shorten it.')
    for (const [label, text] of Object.entries(typed)) expect(await tab.field(label).inputValue()).toBe(text)
    expect(await reads(anna, '/api/profile')).toMatchObject({ display_name: 'Anna', bio: '' })

    await tab.fills({ Name: ' ', 'About you': '🔥'.repeat(280) })
    await tab.presses('Save')
    await tab.sees('Tell us what to call you.')
    expect(await descriptionOf(tab.field('About you'))).not.toContain('Please')
  },
)

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s, changing the password shows errors beside the fields, and ends all other sessions',
  async (_, scripted) => {
    const anna = await site.actors.join('anna')
    const elsewhere = anna.onAnotherDevice()
    await elsewhere.signsIn()
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    await opensPage(tab, '/settings', scripted)
    const [current, newPassword] = [tab.field('Current password'), tab.field('New password')]
    expect(await descriptionOf(newPassword)).toContain('At least 8 characters')

    tab.expects(422)
    await tab.fills({ 'New password': 'password' })
    await tab.presses('Change password')
    await expect.poll(() => descriptionOf(current)).toContain('Enter your password.')
    expect(await descriptionOf(newPassword)).toContain('This password is too simple')

    await tab.fills({ 'Current password': 'Not-My-Own-1!', 'New password': NEW_PASSWORD })
    await tab.presses('Change password')
    await expect.poll(() => descriptionOf(current)).toContain('That’s not your current password. Please try again.')
    expect(await descriptionOf(newPassword)).not.toContain('This password is too simple')

    await tab.fills({ 'Current password': PASSWORD, 'New password': NEW_PASSWORD })
    await tab.presses('Change password')
    await tab.sees('Password changed. You’re signed out everywhere else.')
    await expect.poll(() => current.inputValue()).toBe('')
    await expect.poll(() => newPassword.inputValue()).toBe('')
    expect(await tab.page.content()).not.toContain(NEW_PASSWORD)

    expectErrors(await elsewhere.get('/api/activities/home'), 401, ['session_ended'])
    expectErrors(await elsewhere.post('/api/session', { email: anna.email, password: PASSWORD }), 401, [
      'credentials_wrong',
    ])
    await elsewhere.signsIn(NEW_PASSWORD)
    await tab.visits('/notifications')
    await tab.sees(tab.heading('Notifications'))
  },
)

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s, a required password reset leads from the settings to the reset page',
  async (_, scripted) => {
    const anna = await site.actors.join('anna')
    await site.cognito.requirePasswordReset(anna.email)
    const tab = await browser.tab({ as: anna, javaScriptEnabled: scripted })
    await opensPage(tab, '/settings', scripted)
    if (scripted) tab.expects(403)
    await tab.fills({ 'Current password': PASSWORD, 'New password': NEW_PASSWORD })
    await tab.presses('Change password')
    await tab.sees(tab.heading('Set a new password'))
    await tab.sees('You need to set a new password before you go on. We’ll email you a code.')
  },
)

/**
 * Anna signed in in two browsers, with the settings open in both; without script in the first, which would still poll as its session
 * ends. `isLive`: the second learns at once of what happens in the first.
 */
async function opensTwice({ bio, isLive }: { bio: string; isLive: boolean }) {
  const anna = await site.actors.join('anna')
  await changesProfile(anna, { bio })
  const elsewhere = anna.onAnotherDevice()
  await elsewhere.signsIn()
  const here = await browser.tab({ as: anna, javaScriptEnabled: false })
  const there = await browser.tab({ as: elsewhere, viewport: PHONE })
  if (!isLive) await refusesSockets(there)
  await Promise.all([here.visits('/settings'), (isLive ? opensLive : opensPage)(there, '/settings')])
  return { anna, here, there }
}

async function signsOutEverywhere(tab: Tab): Promise<void> {
  await tab.presses('Sign out everywhere')
  await tab.sees(tab.heading('Say it. Let it burn.'))
  expect(await tab.context.cookies()).toEqual([])
}

async function signsInAgain(tab: Tab, { email }: Actor): Promise<void> {
  await tab.sees(tab.heading('Sign in'))
  await tab.fills({ Email: email, Password: PASSWORD })
  await tab.presses('Sign in')
}

test('signing out everywhere ends another browser’s session: it goes to sign-in at once, and back', async () => {
  const { anna, here, there } = await opensTwice({ bio: '', isLive: true })
  there.expects(401)
  await signsOutEverywhere(here)
  await signsInAgain(there, anna)
  await there.sees(there.heading('Settings'))
})

test('signing out everywhere ends another browser’s session: if a draft could be lost, it says so at once, and its next navigation leads to sign-in, and on', async () => {
  const { anna, here, there } = await opensTwice({ bio: 'Says little.', isLive: true })
  there.expects(401)
  await signsOutEverywhere(here)
  await there.sees(toast(there, 'You’ve been signed out. Your words are safe.'))
  await there.sees(there.page.getByRole('button', { name: 'Sign in', exact: true }))
  expect(await there.field('About you').inputValue()).toBe('Says little.')
  await there.goesTo('Notifications')
  await signsInAgain(there, anna)
  await there.sees(there.heading('Notifications'))
})

test('signing out everywhere ends another browser’s session: without a socket, its next navigation shows a link to sign-in if a draft could be lost, and leads on', async () => {
  const { anna, here, there } = await opensTwice({ bio: 'Says little.', isLive: false })
  there.expects(401)
  await signsOutEverywhere(here)
  await there.goesTo('Notifications')
  await there.sees(there.heading('Please sign in'))
  await there.follows('Sign in')
  await signsInAgain(there, anna)
  await there.sees(there.heading('Notifications'))
})

test('signing out everywhere ends another browser’s session: without a socket, its next navigation leads to sign-in, and back', async () => {
  const { anna, here, there } = await opensTwice({ bio: '', isLive: false })
  there.expects(401)
  await signsOutEverywhere(here)
  await there.goesTo('Notifications')
  await signsInAgain(there, anna)
  await there.sees(there.heading('Settings'))
})

test('without script, signing out everywhere ends another browser’s session; the text typed there is kept', async () => {
  const anna = await site.actors.join('anna')
  const elsewhere = anna.onAnotherDevice()
  await elsewhere.signsIn()
  const here = await browser.tab({ as: anna, javaScriptEnabled: false })
  const there = await browser.tab({ as: elsewhere, viewport: PHONE, javaScriptEnabled: false })
  await Promise.all([here.visits('/settings'), there.visits('/settings')])
  await here.presses('Sign out everywhere')
  await here.sees(here.heading('Say it. Let it burn.'))

  there.expects(401)
  await there.fills({ 'About you': 'Typed in vain?' })
  await there.presses('Save')
  await there.sees(SIGNED_OUT)
  expect(await there.main.getByRole('textbox').inputValue()).toBe('Typed in vain?')
  await there.follows('Sign in')
  await there.sees(there.heading('Sign in'))
})

test.each(WITH_AND_WITHOUT_SCRIPT)('%s, an unblocked user’s cruds show again', async (_, scripted) => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  const text = `Words of ${ben.handle}`
  await posts(ben, text)
  await blocks(anna, ben)
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
  await opensPage(tab, '/?feed=everyone', scripted)
  expect(await tab.crud(text).count()).toBe(0)
  await opensPage(tab, '/settings', scripted)
  const blocked = tab.main.getByRole('region', { name: 'People you blocked' })
  await tab.sees(blocked.getByRole('link', { name: `Ben @${ben.handle}` }))
  await tab.presses(`Unblock @${ben.handle}`)
  await tab.sees(blocked.getByText('Unblocked.'))
  await tab.doesNotSee(blocked.getByRole('listitem'))
  await tab.goesTo('Home')
  await tab.follows('Everyone')
  await tab.sees(tab.crud(text))
})

test.each(WITH_AND_WITHOUT_SCRIPT)('%s, an unmuted user’s cruds show again', async (_, scripted) => {
  const anna = await site.actors.join('anna')
  const [ben, cleo] = await users(site, 'ben', 'cleo')
  const text = `Words of ${ben.handle}`
  await posts(ben, text)
  await mutes(anna, ben, 86_400)
  await mutes(anna, cleo)
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
  await opensPage(tab, '/?feed=everyone', scripted)
  expect(await tab.crud(text).count()).toBe(0)
  await opensPage(tab, '/settings', scripted)
  const muted = tab.main.getByRole('region', { name: 'People you muted' }).getByRole('listitem')
  await tab.sees(muted.filter({ hasText: `@${ben.handle}` }).getByText('24 hours left'))
  await tab.doesNotSee(muted.filter({ hasText: `@${cleo.handle}` }).getByText('left'))
  await tab.presses(`Unmute @${ben.handle}`)
  await tab.sees('Unmuted.')
  await tab.doesNotSee(muted.filter({ hasText: `@${ben.handle}` }))
  expect(await muted.count()).toBe(1)
  await tab.goesTo('Home')
  await tab.follows('Everyone')
  await tab.sees(tab.crud(text))
})

test.each(WITH_AND_WITHOUT_SCRIPT)('%s, downloads all own data as a file', async (_, scripted) => {
  const anna = await site.actors.join('anna')
  const crud = await anna.posts('worth keeping')
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
  await opensPage(tab, '/settings', scripted)
  const [download] = await Promise.all([tab.page.waitForEvent('download'), tab.follows('Download')])
  expect(download.suggestedFilename()).toBe(`cruddur-${anna.handle}.json`)
  const file = JSON.parse(await readFile(await download.path(), 'utf8'))
  expect(file).toMatchObject({ profile: { email: anna.email }, cruds: [{ uuid: crud.uuid, message: 'worth keeping' }] })
  expect(tab.path).toBe('/settings')
})

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s, deleting the account warns of the consequences, then signs out and removes the profile',
  async (_, scripted) => {
    const anna = await site.actors.join('anna')
    await anna.posts(`Words of ${anna.handle}`)
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    await opensPage(tab, '/settings', scripted)
    await tab.follows('Delete your account')
    await tab.sees(tab.heading('Delete your account'))
    await tab.sees(tab.main.getByText(`so that nobody can take @${anna.handle} and pretend to be you`))
    expect(await tab.main.getByRole('link', { name: 'Download your data first' }).getAttribute('href')).toBe(
      '/api/profile/export',
    )
    tab.expects(422)
    await tab.fills({ 'Your password': 'wrong' })
    await tab.presses('Delete my account')
    await tab.sees('That’s not your current password. Please try again.')
    expect(await tab.field('Your password').inputValue()).toBe(scripted ? 'wrong' : '')
    await tab.fills({ 'Your password': PASSWORD })
    await tab.presses('Delete my account')
    await tab.sees('Say it. Let it burn.')
    expect(tab.path).toBe('/')
    expect(await tab.page.locator('script').count(), 'the page of somebody signed out').toBe(0)
    expect((await tab.context.cookies()).map(({ name }) => name)).toEqual([])
    await tab.visits(`/@${anna.handle}`, 404)
  },
)

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s: on a phone one press leads to the settings, from the menu and from the own profile',
  async (_, scripted) => {
    const anna = await site.actors.join('anna')
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    await opensPage(tab, '/', scripted)
    await tab.opensPhoneMenu()
    await tab.page.getByRole('navigation', { name: 'More' }).getByRole('link', { name: 'Settings' }).click()
    await tab.comesTo('/settings')
    await tab.visits(`/@${anna.handle}`)
    await tab.follows('Settings')
    await tab.comesTo('/settings')
    await tab.sees(tab.heading('Settings'))
  },
)

test.each(WITH_AND_WITHOUT_SCRIPT)('%s, the contents lead to every section', async (_, scripted) => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
  await opensPage(tab, '/settings', scripted)
  const contents = tab.main.getByRole('navigation', { name: 'On this page' }).getByRole('link')
  // The section about shortcuts is shown after hydration, with its link.
  if (scripted) await tab.sees(tab.main.getByRole('heading', { name: 'Keyboard' }))
  const titles = await tab.main.locator('section').getByRole('heading', { level: 2 }).allTextContents()
  expect(await contents.allTextContents()).toEqual(titles)
  for (const title of ['Where you are signed in', 'Deleting']) {
    await contents.filter({ hasText: title }).click()
    await expect
      .poll(() =>
        tab.main.getByRole('heading', { name: title }).evaluate((h) => h.getBoundingClientRect().top < innerHeight),
      )
      .toBe(true)
  }
  await expect.poll(() => new URL(tab.page.url()).hash).toBe('#delete')
})

test('on a phone the whole names of muted and blocked people can be read', async () => {
  const anna = await site.actors.join('anna')
  const [ben, cleo] = await users(site, 'a_rather_long_handle', 'another_long_handle')
  for (const each of [ben, cleo])
    await changesProfile(each, { display_name: 'Wolfeschlegelsteinhausen Aloysius Bergerdorff' })
  await mutes(anna, ben, 86_400)
  await blocks(anna, cleo)
  const tab = await browser.tab({ as: anna, viewport: { width: 320, height: 568 } })
  await tab.opens('/settings')
  for (const { handle } of [ben, cleo]) {
    const names = userRow(tab.main, handle).locator('.user-line, .user-line *')
    const isCut = (elements: Element[]) => elements.some((e) => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0)
    expect(await names.evaluateAll(isCut), handle).toBe(false)
    const { width = 0 } = (await names.first().boundingBox()) ?? {}
    expect(width).toBeGreaterThan(100)
  }
})
