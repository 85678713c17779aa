import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { addsToCircle, follows, letsReply, lists, postsTo, replies, unfollows } from '../support/actors/actions.ts'
import { changesProfile } from '../support/actors/change-profile.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { holdsRequests, opensPage, WITH_AND_WITHOUT_SCRIPT } from './support/navigation.ts'
import { choosesFromMenu, reactionButton, reloads, seesSaved, uniqueText } from './support/page-actions.ts'
import type { Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)

const EMPTY_CIRCLE = 'Nobody is in your circle yet. A circle is people you pick; they aren’t told.'

const seenBy = (tab: Tab) => tab.main.getByRole('combobox', { name: 'Seen by' })
const repliesFrom = (tab: Tab) => tab.main.getByRole('combobox', { name: 'Replies from' })
const audienceIcon = (tab: Tab, text: string, name: string) => tab.crud(text).getByRole('img', { name, exact: true })

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s, only followers see what is for them, until they unfollow',
  async (_, scripted) => {
    const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
    await follows(ben, anna)
    const text = uniqueText('For followers')
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    await opensPage(tab, '/', scripted)
    await tab.fills({ 'Your crud': text })
    await seenBy(tab).selectOption('Followers')
    await tab.presses('Crud')
    await seesSaved(tab, text)
    await tab.sees(audienceIcon(tab, text, 'Only for followers'))
    expect(await reactionButton(tab, text, 'Repost').count()).toBe(0)

    const other = await browser.tab({ as: ben, javaScriptEnabled: scripted })
    await opensPage(other, '/', scripted)
    await other.sees(audienceIcon(other, text, 'Only for followers'))
    expect(await reactionButton(other, text, 'Repost').count()).toBe(0)
    await unfollows(ben, anna)
    await opensPage(other, `/@${anna.handle}`, scripted)
    await other.sees(other.heading('Anna'))
    await other.doesNotSee(other.crud(text))
  },
)

test.each(WITH_AND_WITHOUT_SCRIPT)('%s, a new crud starts with the audience of the settings', async (_, scripted) => {
  const anna = await site.actors.join('anna')
  await addsToCircle(anna, await site.actors.join('ben'))
  await changesProfile(anna, { default_audience: 'circle' })
  const tab = await browser.tab({ as: anna, javaScriptEnabled: scripted })
  await opensPage(tab, '/', scripted)
  expect(await seenBy(tab).inputValue()).toBe('circle')
  const text = uniqueText('For my circle')
  await tab.fills({ 'Your crud': text })
  await repliesFrom(tab).selectOption('Nobody')
  await tab.presses('Crud')
  await seesSaved(tab, text)
  await tab.sees(audienceIcon(tab, text, 'Only for your circle'))
  expect(await lists(anna, '/api/activities/home')).toMatchObject([{ audience: 'circle', who_can_reply: 'nobody' }])
  await expect.poll(() => repliesFrom(tab).inputValue()).toBe('everyone')
})

test('a draft keeps its audience, and a refused one comes back with it', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna })
  await tab.opens('/')
  await tab.fills({ 'Your crud': uniqueText('Kept') })
  await seenBy(tab).selectOption('People mentioned')
  await repliesFrom(tab).selectOption('Nobody')
  await reloads(tab)
  await tab.waitsForHydration()
  await expect.poll(() => seenBy(tab).inputValue()).toBe('mentioned')
  expect(await repliesFrom(tab).inputValue()).toBe('nobody')

  const plain = await browser.tab({ as: anna, javaScriptEnabled: false })
  await plain.visits('/')
  await plain.fills({ 'Your crud': 'word '.repeat(60) })
  await seenBy(plain).selectOption('Followers')
  plain.expects(422)
  await plain.presses('Crud')
  await plain.sees('Up to 280 characters fit. Please shorten it.')
  expect(await seenBy(plain).inputValue()).toBe('followers')
})

test.each(WITH_AND_WITHOUT_SCRIPT)('%s, a reply says who will see it, and they do', async (_, scripted) => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  await follows(ben, anna)
  const root = await postsTo(anna, { audience: 'followers' }, uniqueText('Followers only'))
  const reply = await replies(ben, root, uniqueText('First'))
  const tab = await browser.tab({ as: ben, viewport: PHONE, javaScriptEnabled: scripted })
  await opensPage(tab, `/@${ben.handle}/status/${reply.uuid}`, scripted)
  await tab.sees(`Only followers of @${anna.handle} will see this, even if you mention others.`)
  const text = uniqueText('Second')
  await tab.fills({ 'Your reply': text })
  await tab.presses('Reply')
  await seesSaved(tab, text)
  await tab.sees(audienceIcon(tab, text, 'Only for followers'))
  await opensPage(tab, `/@${anna.handle}/status/${root.uuid}`, scripted)
  await tab.sees(tab.main.getByText('· only for followers'))
})

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s, a crud for the people mentioned that mentions nobody is refused, until it does',
  async (_, scripted) => {
    const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    await opensPage(tab, '/', scripted)
    const text = uniqueText('To nobody')
    await tab.fills({ 'Your crud': text })
    await seenBy(tab).selectOption('People mentioned')
    if (!scripted) tab.expects(422)
    await tab.presses('Crud')
    await tab.sees('Mention somebody, or choose who sees it.')
    expect(await tab.field('Your crud').inputValue()).toBe(text)
    expect(await seenBy(tab).inputValue()).toBe('mentioned')
    expect(await lists(anna, '/api/activities/home')).toEqual([])
    if (scripted) {
      await seenBy(tab).selectOption('Followers')
      await tab.doesNotSee('Mention somebody, or choose who sees it.')
      await seenBy(tab).selectOption('People mentioned')
    }
    await tab.fills({ 'Your crud': `${text} @${ben.handle}` })
    await tab.presses('Crud')
    await seesSaved(tab, text)
    await tab.sees(audienceIcon(tab, text, 'Only for people mentioned'))
  },
)

test('while an author writes, warns of mentioned users who will not see it; nobody is notified', async () => {
  const [anna, ben, cleo] = [
    await site.actors.join('anna'),
    await site.actors.join('ben'),
    await site.actors.join('cleo'),
  ]
  await follows(ben, anna)
  await addsToCircle(anna, await site.actors.join('dora'))
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  await tab.field('Your crud').fill(`@${ben.handle} and @${cleo.handle} and @nobody_has_this`)
  await seenBy(tab).selectOption('Followers')
  await tab.sees(`@${cleo.handle} does not follow you, so will not see this.`)
  await seenBy(tab).selectOption('Your circle')
  await tab.sees(tab.main.getByText(`@${ben.handle} and @${cleo.handle} are not in your circle, so will not see this.`))
  await addsToCircle(anna, ben)
  await tab.field('Your crud').fill(`@${cleo.handle}, a word`)
  await tab.sees(tab.main.getByText(`@${cleo.handle} is not in your circle, so will not see this.`))
  await tab.presses('Crud')
  await seesSaved(tab, 'a word')
  await tab.doesNotSee(tab.main.getByText('so will not see this'))
  expect(await lists(cleo, '/api/notifications')).toEqual([])
})

test('while an author writes for an empty circle, says so and links to it; a member ends that', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  await tab.field('Your crud').focus()
  expect(await repliesFrom(tab).textContent()).toMatch(/^Everyone(?! who)/)
  await seenBy(tab).selectOption('Your circle')
  await tab.sees(tab.main.getByText(EMPTY_CIRCLE))
  expect(await repliesFrom(tab).textContent()).toMatch(/^Everyone who sees it/)
  await tab.field('Your crud').fill(uniqueText('For my circle'))
  await tab.main.getByRole('link', { name: 'Add people' }).click()
  await tab.comesTo('/circle')
  await addsToCircle(anna, await site.actors.join('ben'))
  await tab.opens('/')
  await tab.field('Your crud').focus()
  await expect.poll(() => seenBy(tab).inputValue()).toBe('circle')
  await tab.doesNotSee(tab.main.getByText(EMPTY_CIRCLE))
})

test('without script, warns of an empty circle once before it is sent', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: false })
  await tab.visits('/')
  const text = uniqueText('For my circle')
  await tab.fills({ 'Your crud': text })
  await seenBy(tab).selectOption('Your circle')
  await tab.presses('Crud')
  await tab.sees(tab.main.getByText(`${EMPTY_CIRCLE} Press Crud again to send it anyway.`))
  expect(await tab.main.getByRole('link', { name: 'Add people' }).getAttribute('href')).toBe('/circle')
  expect(await lists(anna, '/api/activities/home')).toEqual([])
  await tab.presses('Crud')
  await seesSaved(tab, text)
})

test('without script, warns of mentioned users once before it is sent', async () => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: false })
  await tab.visits('/')
  const text = `@${ben.handle}, a word`
  await tab.fills({ 'Your crud': text })
  await seenBy(tab).selectOption('Followers')
  await tab.presses('Crud')
  await tab.sees(`@${ben.handle} does not follow you, so will not see this. Press Crud again to send it anyway.`)
  expect(await tab.field('Your crud').inputValue()).toBe(text)
  expect(await seenBy(tab).inputValue()).toBe('followers')
  expect(await lists(anna, '/api/activities/home')).toEqual([])
  await tab.presses('Crud')
  await seesSaved(tab, text)
  expect(await lists(ben, '/api/notifications')).toEqual([])
})

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s, who may not reply is told why; the author can let them later',
  async (_, scripted) => {
    const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
    await follows(ben, anna)
    const text = uniqueText('Hear me out')
    const root = await postsTo(anna, { who_can_reply: 'nobody' }, text)
    const path = `/@${anna.handle}/status/${root.uuid}`
    const tab = await browser.tab({ as: ben, viewport: PHONE, javaScriptEnabled: scripted })
    const replyLink = tab.crud(text).getByRole('link', { name: 'Reply', exact: true })
    for (const page of ['/', path]) {
      await opensPage(tab, page, scripted)
      await tab.sees(tab.crud(text).getByText('Replies are off.'))
      expect(await replyLink.count()).toBe(0)
    }
    expect(await tab.field('Your reply').count()).toBe(0)

    const own = await browser.tab({ as: anna, javaScriptEnabled: scripted })
    await opensPage(own, path, scripted)
    await choosesFromMenu(own, text, /^Who can reply/, scripted)
    await own.sees(own.heading('Who can reply?'))
    expect(await own.main.getByRole('radio', { name: 'Nobody' }).isChecked()).toBe(true)
    await own.main.getByRole('radio', { name: 'Followers' }).check()
    await own.presses('Save')
    await own.comesTo(path)
    await opensPage(tab, path, scripted)
    const reply = uniqueText('At last')
    await tab.fills({ 'Your reply': reply })
    await tab.presses('Reply')
    await seesSaved(tab, reply)

    const cleo = await site.actors.join('cleo')
    const stranger = await browser.tab({ as: cleo, javaScriptEnabled: scripted })
    await opensPage(stranger, path, scripted)
    await stranger.sees(stranger.crud(text).getByText(`Only followers of @${anna.handle} can reply.`))
    expect(await stranger.field('Your reply').count()).toBe(0)
  },
)

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s, a reply that is no longer allowed when it is sent comes back with the reason',
  async (_, scripted) => {
    const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
    const root = await postsTo(anna, {}, uniqueText('Quick'))
    const tab = await browser.tab({ as: ben, javaScriptEnabled: scripted })
    await opensPage(tab, `/@${anna.handle}/status/${root.uuid}`, scripted)
    await tab.fills({ 'Your reply': 'Too late' })
    // A poll would take the form away.
    await holdsRequests(tab, `**/api/activities/${root.uuid}`)
    await letsReply(anna, root, 'nobody')
    tab.expects(403)
    await tab.presses('Reply')
    await tab.sees('Not sent. It is kept here. You can’t reply to this crud.')
    expect(await tab.field('Your reply').inputValue()).toBe('Too late')
  },
)

test.each(WITH_AND_WITHOUT_SCRIPT)('%s, a mention of nobody is plain text', async (_, scripted) => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const text = uniqueText(`@${ben.handle} met @nobody_has_this`)
  await postsTo(anna, {}, text)
  const tab = await browser.tab({ as: anna, javaScriptEnabled: scripted })
  await opensPage(tab, '/', scripted)
  await tab.sees(tab.crud(text).getByRole('link', { name: `@${ben.handle}`, exact: true }))
  expect(await tab.crud(text).getByRole('link', { name: '@nobody_has_this' }).count()).toBe(0)
})
