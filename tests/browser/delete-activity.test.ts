import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { deletes, likes, reads, replies } from '../support/actors/actions.ts'
import { users } from '../support/actors/many-users.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { opensPage, WITH_AND_WITHOUT_SCRIPT } from './support/navigation.ts'
import { choosesFromMenu, reloads, uniqueText } from './support/page-actions.ts'
import { opensCrud } from './support/user-journey.ts'

const site = await openSite()
const browser = await openBrowser(site)

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s: the page that deletes warns of the replies that go with it, and removes it for everyone',
  async (_, scripted) => {
    const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
    const [cleo] = await users(site, 'cleo')
    const [message, replyText, stays] = [uniqueText('Goes'), uniqueText('Goes along'), uniqueText('Stays')]
    await anna.posts(stays)
    const crud = await anna.posts(message)
    const path = `/@${anna.handle}/status/${crud.uuid}`
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    const benTab = await browser.tab({ as: ben })
    await benTab.opens('/?feed=everyone')
    await benTab.sees(benTab.crud(message))
    await opensPage(tab, '/', scripted)

    const opensConfirmation = async (warning: string) => {
      if (scripted) await tab.opens(`${path}/put-out`)
      else await choosesFromMenu(tab, message, /^Put out/, false)
      await tab.sees(tab.heading('Delete this crud?'))
      await tab.sees(tab.crud(message))
      await tab.sees(warning)
    }
    await opensConfirmation('It will be gone at once, for everyone.')
    await tab.follows('Keep it')
    await tab.comesTo(path)
    const reply = await replies(ben, crud, replyText)
    await opensConfirmation('1 reply by 1 person goes with it.')
    await tab.follows('Keep it')
    await tab.comesTo(path)
    await replies(cleo, reply, uniqueText('Deeper'))
    await replies(ben, crud, uniqueText('And more'))
    await opensConfirmation('3 replies by 2 people go with it.')
    await tab.presses('Delete now')
    await tab.comesTo('/')
    await tab.sees(tab.crud(stays))
    await tab.doesNotSee(tab.crud(message))

    await reloads(benTab)
    await benTab.sees(benTab.crud(stays))
    await benTab.doesNotSee(benTab.crud(message))
    for (const each of [tab, benTab]) {
      await each.visits(`/@${anna.handle}`)
      await each.sees(each.crud(stays))
      await each.sees(each.main.getByText('1 crud burning'))
      await each.doesNotSee(each.crud(message))
      await each.visits(`/@${ben.handle}?tab=replies`)
      await each.sees(each.heading('Ben'))
      await each.doesNotSee(each.crud(replyText))
      await each.visits(path, 410)
      await each.sees(each.heading('Burnt out'))
      await each.sees(each.crud(stays))
      await each.doesNotSee(each.crud(message))
    }
  },
)

test.each(WITH_AND_WITHOUT_SCRIPT)('%s: delete and rewrite keeps the expiry of the old crud', async (_, scripted) => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const [message, rewritten] = [uniqueText('A tpyo'), uniqueText('A typo')]
  const crud = await anna.posts(message, '3-hours')
  await likes(ben, crud)
  const path = `/@${anna.handle}/status/${crud.uuid}`
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
  await opensPage(tab, '/', scripted)
  await opensCrud(tab, message)
  await choosesFromMenu(tab, message, /^Delete & rewrite/, scripted)
  await tab.sees(tab.heading('Delete & rewrite'))
  expect(await tab.field('Your crud').inputValue()).toBe(message)
  await tab.sees(tab.main.getByText(/the new one ends when it would have, in 3 hours\.$/))
  expect(await tab.main.getByRole('radio').count()).toBe(0)
  tab.expects(422)
  await tab.fills({ 'Your crud': ' ' })
  await tab.presses('Rewrite')
  await tab.sees('Write a word or two first.')
  await tab.fills({ 'Your crud': rewritten })
  await tab.presses('Rewrite')
  await tab.sees(tab.heading('Crud'))
  await tab.sees(tab.crud(rewritten))
  await tab.sees(tab.crud(rewritten).getByRole('button', { name: 'Like', exact: true }))
  const uuid = tab.path.slice(-36)
  expect(uuid).not.toBe(crud.uuid)
  expect((await reads(ben, `/api/activities/${uuid}`)).expires_at).toBe(crud.expires_at)

  const benTab = await browser.tab({ as: ben })
  await benTab.visits(path)
  await benTab.comesTo(`/@${anna.handle}/status/${uuid}`)
  await benTab.sees(benTab.crud(rewritten))
  await benTab.doesNotSee(benTab.crud(message))
  await tab.visits('/')
  await tab.sees(tab.crud(rewritten))
  await tab.doesNotSee(tab.crud(message))
})

test('rewriting a crud that was deleted elsewhere keeps the text for a crud of its own', async () => {
  const anna = await site.actors.join('anna')
  const crud = await anna.posts(uniqueText('Nearly said'))
  const tab = await browser.tab({ as: anna })
  await tab.opens(`/@${anna.handle}/status/${crud.uuid}/rewrite`)
  const rewritten = uniqueText('Well said')
  await tab.fills({ 'Your crud': rewritten })
  tab.expects(410)
  await deletes(anna, crud)
  await tab.presses('Rewrite')
  await tab.sees(tab.heading('It burnt out while you were writing'))
  expect(await tab.field('Your crud').inputValue()).toBe(rewritten)
  await tab.presses('Crud')
  await tab.comesTo('/')
  await tab.sees(tab.crud(rewritten))
})

test('a second press while it is being deleted does nothing; deleting what was deleted elsewhere leads home', async () => {
  const anna = await site.actors.join('anna')
  const [each, two] = [await anna.posts(uniqueText('One')), await anna.posts(uniqueText('Two'))]
  const pathOf = ({ uuid }: { uuid: string }) => `/@${anna.handle}/status/${uuid}/put-out`
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  const button = tab.main.getByRole('button', { name: 'Delete now' })
  const pressed = Promise.withResolvers<void>()
  let sent = 0
  await tab.page.route(`**/api/activities/${each.uuid}`, async (route) => {
    if (route.request().method() === 'DELETE') sent += 1
    await pressed.promise
    await route.continue()
  })
  await tab.opens(pathOf(each))
  await button.click()
  await expect.poll(() => button.getAttribute('aria-disabled')).toBe('true')
  await button.dispatchEvent('click')
  pressed.resolve()
  await tab.comesTo('/')
  await tab.sees(tab.crud(two.message))
  expect(sent).toBe(1)

  await tab.opens(pathOf(two))
  tab.expects(410)
  await deletes(anna, two)
  await button.click()
  await tab.comesTo('/')
  await tab.sees(tab.field('Your crud'))
  await tab.doesNotSee(tab.crud(two.message))
})

test('each rewrite page restores its own text', async () => {
  const anna = await site.actors.join('anna')
  const [each, two] = [await anna.posts(uniqueText('One')), await anna.posts(uniqueText('Two'))]
  const pathOf = ({ uuid }: { uuid: string }) => `/@${anna.handle}/status/${uuid}/rewrite`
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  for (const crud of [each, two]) {
    await opensCrud(tab, crud.message)
    await choosesFromMenu(tab, crud.message, /^Delete & rewrite/)
    await tab.comesTo(pathOf(crud))
    if (crud === each) await tab.goesTo('Home')
  }
  expect(await tab.field('Your crud').inputValue()).toBe(two.message)
  await tab.page.evaluate(() => history.go(-3))
  await tab.comesTo(pathOf(each))
  await expect.poll(() => tab.field('Your crud').inputValue()).toBe(each.message)
})
