import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { openBrowser } from './support/browser.ts'
import { hasFocus, pressesKeys, seesFocus, tabsTo, tabsToAndPressesEnter } from './support/keyboard.ts'
import { seesReaction, seesSaved } from './support/page-actions.ts'

const site = await openSite()
const browser = await openBrowser(site)

test('a user can do everything with the keyboard alone, from signing up to signing out', async () => {
  const ben = await site.actors.join('ben')
  const benText = `Said by ${ben.handle}.`
  const benActivity = await ben.posts(benText)
  const anna = site.actors.unregistered('anna')
  const { display_name, email, handle, password } = anna.details
  const tab = await browser.tab()
  const { page, main } = tab
  const link = (name: string | RegExp) => main.getByRole('link', { name, exact: true })
  const button = (name: string | RegExp) => main.getByRole('button', { name, exact: true })
  // Shortcuts are lazy-loaded; their dialog shows that they are there.
  const waitsForShortcuts = async () => {
    await tab.waitsForHydration()
    await page.locator('dialog').waitFor({ state: 'attached' })
  }
  // Any pointer event in this tab fails the test.
  await page.addInitScript(() => {
    for (const type of ['mousedown', 'touchstart', 'wheel'])
      addEventListener(type, () => console.error(`A ${type} in a test of the keyboard alone`), { capture: true })
  })

  // Signs up.
  await tab.visits('/')
  await tabsToAndPressesEnter(tab, link('Join'))
  await tab.sees(tab.heading('Join'))
  for (const [label, text] of Object.entries({
    Name: display_name,
    Email: email,
    Handle: handle,
    Password: password,
  })) {
    // The first has the focus.
    if (label === 'Name') await seesFocus(tab.field(label))
    else await tabsTo(tab, tab.field(label))
    await page.keyboard.type(text)
  }
  await pressesKeys(tab, 'Enter')
  await tab.sees(tab.heading('Confirm your address'))
  await seesFocus(tab.field('Code'))
  await page.keyboard.type(anna.code)
  await pressesKeys(tab, 'Enter')
  await tab.comesTo('/')
  await waitsForShortcuts()

  // Posts with a TTL chosen by the arrow keys.
  const ownText = `By hand, says ${handle}.`
  await pressesKeys(tab, 'n')
  await seesFocus(tab.field('Your crud'))
  await page.keyboard.type(ownText)
  await pressesKeys(tab, 'Tab')
  expect(await hasFocus(main.getByRole('radio', { name: '7 days' }))).toBe(true)
  await pressesKeys(tab, 'ArrowLeft', 'ArrowLeft')
  expect(await hasFocus(main.getByRole('radio', { name: '1 day' }))).toBe(true)
  await tabsToAndPressesEnter(tab, button('Crud'))
  await seesSaved(tab, ownText)
  const [created] = (await ben.get(`/api/users/@${handle}/activities`)).body.data
  expect(Date.parse(created.expires_at) - Date.parse(created.created_at)).toBe(86_400_000)

  // Likes, reposts and replies.
  await pressesKeys(tab, 'g', 'e')
  // Home has the same crud, since Anna follows nobody.
  await tab.sees(link('Everyone').and(page.locator('[aria-current=page]')))
  await pressesKeys(tab, 'j', 'j')
  await seesFocus(tab.crud(benText))
  await tabsToAndPressesEnter(tab, tab.crud(benText).getByRole('button', { name: 'Like' }))
  await seesReaction(tab, benText, 'Like', true, 1)
  await pressesKeys(tab, 't')
  await seesReaction(tab, benText, 'Repost', true, 1)
  await pressesKeys(tab, 'r')
  await seesFocus(tab.field('Your reply'))
  const replyText = `Answered by ${handle}.`
  await page.keyboard.type(replyText)
  await tabsToAndPressesEnter(tab, button('Reply'))
  await seesSaved(tab, replyText)

  // Follows, and sends a message.
  await pressesKeys(tab, 'Escape')
  await tabsToAndPressesEnter(tab, link(`Ben @${ben.handle}`), 'Shift+Tab')
  await seesFocus(tab.heading('Ben'))
  await tabsToAndPressesEnter(tab, button(`Follow @${ben.handle}`))
  await tab.sees(button(`Following @${ben.handle}, stop`))
  // They have no conversation yet.
  tab.expects(404)
  await tabsToAndPressesEnter(tab, link('Message'), 'Shift+Tab')
  await seesFocus(main.getByRole('heading', { level: 1, name: 'Message' }))
  await tabsTo(tab, tab.field('Message to Ben'))
  await page.keyboard.type('Hello')
  await tabsToAndPressesEnter(tab, button('Send'))
  await tab.sees(main.getByText('Hello', { exact: true }))
  const counts = { likes_count: 1, reposts_count: 1, replies_count: 1 }
  await expect.poll(async () => (await ben.get(`/api/activities/${benActivity.uuid}`)).body).toMatchObject(counts)

  // Deletes the own activity.
  await pressesKeys(tab, 'Escape', 'g', 'p')
  await seesFocus(tab.heading('Anna'))
  await pressesKeys(tab, 'j')
  await tabsToAndPressesEnter(tab, tab.crud(ownText).getByRole('link', { name: 'More', exact: true }))
  await seesFocus(page.getByRole('menuitem', { name: 'Copy link' }))
  await pressesKeys(tab, 'End', 'Enter')
  await tab.doesNotSee(tab.crud(ownText))

  // Changes the display name, and signs out.
  await pressesKeys(tab, 'g', 's')
  await seesFocus(tab.heading('Settings'))
  await tabsTo(tab, tab.field('Name'))
  await pressesKeys(tab, 'Control+a')
  await page.keyboard.type('Anna by hand')
  await pressesKeys(tab, 'Enter')
  await tab.sees('Saved.')
  await tabsToAndPressesEnter(tab, link('Sign out'))
  await seesFocus(tab.heading('Sign out?'))
  await tabsToAndPressesEnter(tab, button('Sign out'))
  await tab.sees(tab.heading('Say it. Let it burn.'))
  expect((await ben.get(`/api/users/@${handle}`)).body.display_name).toBe('Anna by hand')
})
