import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { blocks, lists, posts, reads, replies } from '../support/actors/actions.ts'
import { users } from '../support/actors/many-users.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { opensPage, WITH_AND_WITHOUT_SCRIPT } from './support/navigation.ts'
import { reloads, toast, uniqueText, visibleTexts } from './support/page-actions.ts'
import type { Tab } from './support/tab.ts'
import { opensCrud, writesReply } from './support/user-journey.ts'

const site = await openSite()
const browser = await openBrowser(site)

const repliesIn = (tab: Tab) => tab.main.getByRole('region', { name: 'Replies' })

/** The TTLs that the reply form offers. */
const offeredTtls = (tab: Tab) =>
  tab.main
    .getByRole('form', { name: 'Your reply' })
    .getByRole('radio')
    .evaluateAll((radios) => radios.map((radio) => radio.getAttribute('aria-label')))

test('Reply in a feed focuses the reply box; by default the reply expires with its parent', async () => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const parentText = uniqueText('Who has an hour?')
  const crud = await ben.posts(parentText)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  const other = await browser.tab({ as: ben })
  await tab.opens('/')
  await other.opens('/')

  await tab.crud(parentText).getByRole('link', { name: 'Reply', exact: true }).click()
  await tab.comesTo(`/@${ben.handle}/status/${crud.uuid}`)
  await expect.poll(() => tab.page.evaluate(() => document.activeElement?.id)).toBe('reply')
  // An hour is the shortest TTL, so there is nothing to choose.
  expect(await offeredTtls(tab)).toEqual([])
  await tab.sees(tab.main.getByText(/^Ends with this crud, in (59 minutes|1 hour)$/))
  const replyText = uniqueText('I have.')
  await tab.page.keyboard.type(replyText)
  await tab.presses('Reply')
  await tab.sees(repliesIn(tab).getByText(replyText))
  await tab.sees(tab.crud(replyText).getByText(`Replying to @${ben.handle}`))
  await tab.sees(tab.crud(parentText).getByRole('link', { name: 'Reply, 1', exact: true }))

  // The page shows a reply before it is saved.
  const stored = () => lists(anna, `/api/activities/${crud.uuid}/replies`)
  await expect.poll(async () => (await stored()).length).toBe(1)
  await reloads(other)
  await other.sees(other.crud(parentText).getByRole('link', { name: 'Reply, 1', exact: true }))
  await opensCrud(other, parentText)
  await other.sees(other.crud(replyText))
  expect((await stored())[0].expires_at).toBe(crud.expires_at)
})

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s: offers shorter TTLs than the parent’s, and a reply can have one',
  async (_, scripted) => {
    const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
    const parentText = uniqueText('Who has a day?')
    const crud = await ben.posts(parentText, '1-day')
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    await opensPage(tab, `/@${ben.handle}/status/${crud.uuid}`, scripted)
    await tab.field('Your reply').focus()
    await expect.poll(() => offeredTtls(tab)).toEqual(['1 hour', '3 hours', '12 hours', 'Same end as this crud'])
    expect(await tab.main.getByRole('radio', { name: 'Same end as this crud' }).isChecked()).toBe(true)
    await tab.sees(tab.main.getByText('Ends with this crud, in 24 hours'))
    await tab.main.getByRole('radio', { name: '3 hours' }).check()
    await tab.sees(tab.main.getByText('Gone in 3 hours'))
    const replyText = uniqueText('I have three hours.')
    await writesReply(tab, replyText)
    await tab.sees(tab.crud(replyText).getByText(`Replying to @${ben.handle}`))
    const [stored] = await lists(anna, `/api/activities/${crud.uuid}/replies`)
    expect(Date.parse(stored.expires_at) - Date.parse(stored.created_at)).toBe(3 * 3_600_000)

    // A reply to the reply is limited by the reply's expiry.
    await tab.crud(replyText).getByRole('link', { name: 'Reply', exact: true }).click()
    await tab.sees(tab.main.getByText('Ends with this crud, in 3 hours'))
    await expect.poll(() => offeredTtls(tab)).toEqual(['1 hour', 'Same end as this crud'])
  },
)

test('lists replies oldest first, each with replies of its own and a count that others see', async () => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const [parentText, first, second, deep] = [
    uniqueText('Tea?'),
    uniqueText('Green.'),
    uniqueText('Black.'),
    uniqueText('With milk?'),
  ]
  const crud = await ben.posts(parentText, '3-hours')
  const path = `/@${ben.handle}/status/${crud.uuid}`
  const tab = await browser.tab({ as: anna })
  await tab.opens(path)
  await writesReply(tab, first)
  await writesReply(tab, second)
  await expect.poll(() => visibleTexts(tab, [first, second], repliesIn(tab))).toEqual([first, second])

  const other = await browser.tab({ as: ben })
  await other.opens(path)
  expect(await visibleTexts(other, [parentText, first, second])).toEqual([parentText, first, second])
  await other.sees(other.crud(parentText).getByRole('link', { name: 'Reply, 2', exact: true }))
  await other.crud(second).getByRole('link', { name: 'Reply', exact: true }).click()
  await other.sees(other.crud(parentText))
  await other.doesNotSee(other.crud(first))
  await writesReply(other, deep)
  expect(await visibleTexts(other, [parentText, second, deep])).toEqual([parentText, second, deep])

  await reloads(tab)
  await tab.sees(tab.crud(parentText).getByRole('link', { name: 'Reply, 2', exact: true }))
  await tab.sees(tab.crud(second).getByRole('link', { name: 'Reply, 1', exact: true }))
  await opensCrud(tab, second)
  await tab.sees(tab.crud(deep))
  expect((await reads(anna, `/api/activities/${crud.uuid}`)).replies_count).toBe(2)
})

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s: if the parent expires while a reply is written, its text is offered as a crud',
  async (_, scripted) => {
    const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
    const crud = await ben.posts(uniqueText('Quick!'))
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    await opensPage(tab, `/@${ben.handle}/status/${crud.uuid}`, scripted)
    const text = uniqueText('It took me a while, but')
    await tab.fills({ 'Your reply': text })
    tab.expects(410)
    await site.db.sql('update activities set expires_at = now() where uuid = $1', [crud.uuid])

    await tab.presses('Reply')
    await tab.sees(tab.heading('It burnt out while you were writing'))
    await tab.sees('Your words are still here. Crud this on its own?')
    expect(await tab.field('Your crud').inputValue()).toBe(text)
    await tab.main.getByRole('radio', { name: '12 hours' }).check()
    await tab.presses('Crud')
    await tab.comesTo('/')
    await tab.sees(tab.crud(text))
    await tab.doesNotSee(tab.crud(text).getByText('Replying to'))
    expect(await lists(anna, `/api/users/@${anna.handle}/activities?tab=replies`)).toEqual([])
  },
)

test('a reply by a blocked user leaves a gap in a thread, and the others stay', async () => {
  const anna = await site.actors.join('anna')
  const [ben, cleo, dora] = await users(site, 'ben', 'cleo', 'dora')
  const [root, middle, leaf] = [uniqueText('Root.'), uniqueText('Middle.'), uniqueText('Leaf.')]
  const reply = await replies(ben, await posts(cleo, root), middle)
  const last = await replies(dora, reply, leaf)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens(`/@${dora.handle}/status/${last.uuid}`)
  const gapText = 'Someone you can’t see'
  expect(await visibleTexts(tab, [root, middle, leaf, gapText])).toEqual([root, middle, leaf])

  await blocks(anna, ben)
  await reloads(tab)
  expect(await visibleTexts(tab, [root, middle, leaf, gapText])).toEqual([root, gapText, leaf])
  await tab.doesNotSee(tab.main.getByText(ben.handle))
  await blocks(anna, cleo)
  await reloads(tab)
  expect(await visibleTexts(tab, [root, middle, leaf, gapText])).toEqual([gapText, leaf])
})

test.each([
  ['opens the share sheet where there is one', true],
  ['copies the URL and confirms it where there is none', false],
])('Share: %s', async (_, hasSheet) => {
  const anna = await site.actors.join('anna')
  const crud = await posts(anna, uniqueText('To be passed around'))
  const tab = await browser.tab({ as: anna, viewport: PHONE, permissions: ['clipboard-read', 'clipboard-write'] })
  await tab.page.addInitScript((hasSheet) => {
    const shared: unknown[] = []
    Object.assign(window, { shared })
    const share = hasSheet ? async (what: unknown) => void shared.push(what) : undefined
    Object.defineProperty(navigator, 'share', { value: share })
  }, hasSheet)
  await tab.opens(`/@${anna.handle}`)
  const url = `${site.origin}/@${anna.handle}/status/${crud.uuid}`
  await tab.page.locator('dialog.shortcut-sheet').waitFor({ state: 'attached' })
  await tab.crud(crud.message).getByRole('link', { name: 'Share' }).click()
  if (hasSheet) {
    const shared = () => tab.page.evaluate(() => (window as unknown as { shared: unknown[] }).shared)
    await expect.poll(shared).toEqual([{ url }])
  } else {
    await tab.sees(toast(tab, 'Link copied.'))
    expect(await tab.page.evaluate(() => navigator.clipboard.readText())).toBe(url)
  }
  expect(tab.path).toBe(`/@${anna.handle}`)
})

test('a first like of the crud moves none of its replies', async () => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const [parentText, replyText] = [uniqueText('Liked'), uniqueText('Read while that happens')]
  const crud = await ben.posts(parentText)
  await replies(ben, crud, replyText)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens(`/@${ben.handle}/status/${crud.uuid}`)
  const top = async () => (await tab.crud(replyText).boundingBox())?.y
  const before = await top()
  await tab.crud(parentText).getByRole('button', { name: 'Like', exact: true }).first().click()
  await tab.sees(tab.main.getByRole('link', { name: '1 like' }))
  expect(await top()).toBe(before)
})

test('the title of the replies has the number of the card, and says that there are replies to them', async () => {
  const [anna] = await users(site, 'anna')
  const ben = await site.actors.join('ben')
  const parentText = uniqueText('Count')
  const crud = await ben.posts(parentText)
  const first = await replies(anna, crud, 'one')
  for (const text of ['two', 'three']) await replies(anna, first, text)
  const tab = await browser.tab({ as: ben, viewport: PHONE })
  await tab.opens('/')
  await tab.sees(tab.crud(parentText).getByRole('link', { name: 'Reply, 1', exact: true }))
  await opensCrud(tab, parentText)
  await tab.sees(tab.main.getByRole('heading', { name: '3 replies' }))
  await writesReply(tab, 'four')
  await tab.sees(tab.main.getByRole('heading', { name: '4 replies' }))
})
