import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { deletes, likes, reads, replies } from '../support/actors/actions.ts'
import { users } from '../support/actors/many-users.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { opensPage, WITH_AND_WITHOUT_SCRIPT } from './support/navigation.ts'
import { reloads, uniqueText } from './support/page-actions.ts'
import { opensCrud } from './support/user-journey.ts'

const site = await openSite()
const browser = await openBrowser(site)

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s: putting out says what goes with it, and it is gone for everyone',
  async (_, scripted) => {
    const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
    const [cleo] = await users(site, 'cleo')
    const [message, answer, stays] = [uniqueText('Goes'), uniqueText('Goes along'), uniqueText('Stays')]
    await anna.posts(stays)
    const crud = await anna.posts(message)
    const address = `/@${anna.handle}/status/${crud.uuid}`
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    const other = await browser.tab({ as: ben })
    await other.opens('/?feed=everyone')
    await other.sees(other.crud(message))
    await opensPage(tab, '/', scripted)

    const asks = async (words: string) => {
      await tab.crud(message).getByRole('link', { name: 'Put out' }).click()
      await tab.sees(tab.heading('Put it out?'))
      await tab.sees(tab.crud(message))
      await tab.sees(words)
    }
    await asks('It will be gone at once, for everyone.')
    await tab.follows('Let it burn')
    await tab.comesTo(address)
    const reply = await replies(ben, crud, answer)
    await asks('1 reply by 1 person goes with it.')
    await tab.follows('Let it burn')
    await tab.comesTo(address)
    await replies(cleo, reply, uniqueText('Deeper'))
    await replies(ben, crud, uniqueText('And more'))
    await asks('3 replies by 2 people go with it.')
    await tab.presses('Put it out')
    await tab.comesTo('/')
    await tab.sees(tab.crud(stays))
    await tab.doesNotSee(tab.crud(message))

    await reloads(other)
    await other.sees(other.crud(stays))
    await other.doesNotSee(other.crud(message))
    for (const one of [tab, other]) {
      await one.visits(`/@${anna.handle}`)
      await one.sees(one.crud(stays))
      await one.sees(one.main.getByText('1 crud burning'))
      await one.doesNotSee(one.crud(message))
      await one.visits(`/@${ben.handle}?tab=replies`)
      await one.sees(one.heading('Ben'))
      await one.doesNotSee(one.crud(answer))
      await one.visits(address, 410)
      await one.sees(one.heading('Burnt out'))
      await one.sees(one.crud(stays))
      await one.doesNotSee(one.crud(message))
    }
  },
)

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s: taken back and rewritten, it ends when the old one would have',
  async (_, scripted) => {
    const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
    const [message, better] = [uniqueText('A tpyo'), uniqueText('A typo')]
    const crud = await anna.posts(message, '3-hours')
    await likes(ben, crud)
    const address = `/@${anna.handle}/status/${crud.uuid}`
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    await opensPage(tab, '/', scripted)
    await opensCrud(tab, message)
    await tab.follows('Take back and rewrite')
    await tab.sees(tab.heading('Take back and rewrite'))
    expect(await tab.field('Your crud').inputValue()).toBe(message)
    await tab.sees(tab.main.getByText(/the new one ends when it would have, in 3 hours\.$/))
    expect(await tab.main.getByRole('radio').count()).toBe(0)
    tab.expects(422)
    await tab.fills({ 'Your crud': ' ' })
    await tab.presses('Rewrite')
    await tab.sees('Write a word or two first.')
    await tab.fills({ 'Your crud': better })
    await tab.presses('Rewrite')
    await tab.sees(tab.heading('Crud'))
    await tab.sees(tab.crud(better))
    await tab.sees(tab.crud(better).getByRole('button', { name: 'Like', exact: true }))
    const uuid = tab.path.slice(-36)
    expect(uuid).not.toBe(crud.uuid)
    expect((await reads(ben, `/api/activities/${uuid}`)).expires_at).toBe(crud.expires_at)

    const other = await browser.tab({ as: ben })
    await other.visits(address, 410)
    await other.sees(other.crud(better))
    await other.doesNotSee(other.crud(message))
    await tab.visits('/')
    await tab.sees(tab.crud(better))
    await tab.doesNotSee(tab.crud(message))
  },
)

test('what one rewrites was put out meanwhile, elsewhere: the words stay, and stand on their own', async () => {
  const anna = await site.actors.join('anna')
  const crud = await anna.posts(uniqueText('Nearly said'))
  const tab = await browser.tab({ as: anna })
  await tab.opens(`/@${anna.handle}/status/${crud.uuid}/rewrite`)
  const better = uniqueText('Well said')
  await tab.fills({ 'Your crud': better })
  await deletes(anna, crud)
  tab.expects(410)
  await tab.presses('Rewrite')
  await tab.sees(tab.heading('It burnt out while you wrote'))
  expect(await tab.field('Your crud').inputValue()).toBe(better)
  await tab.presses('Crud')
  await tab.comesTo('/')
  await tab.sees(tab.crud(better))
})

test('a second press while it is being deleted does nothing; deleting what was deleted elsewhere leads home', async () => {
  const anna = await site.actors.join('anna')
  const [one, two] = [await anna.posts(uniqueText('One')), await anna.posts(uniqueText('Two'))]
  const at = ({ uuid }: { uuid: string }) => `/@${anna.handle}/status/${uuid}/put-out`
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  const button = tab.main.getByRole('button', { name: 'Put it out' })
  const pressed = Promise.withResolvers<void>()
  let sent = 0
  await tab.page.route(`**/api/activities/${one.uuid}`, async (route) => {
    if (route.request().method() === 'DELETE') sent += 1
    await pressed.promise
    await route.continue()
  })
  await tab.opens(at(one))
  await button.click()
  await expect.poll(() => button.getAttribute('aria-disabled')).toBe('true')
  await button.dispatchEvent('click')
  pressed.resolve()
  await tab.comesTo('/')
  await tab.sees(tab.crud(two.message))
  expect(sent).toBe(1)

  await tab.opens(at(two))
  await deletes(anna, two)
  tab.expects(410)
  await button.click()
  await tab.comesTo('/')
  await tab.sees(tab.field('Your crud'))
  await tab.doesNotSee(tab.crud(two.message))
})

test('back from one rewriting to another, each has its own words', async () => {
  const anna = await site.actors.join('anna')
  const [one, two] = [await anna.posts(uniqueText('One')), await anna.posts(uniqueText('Two'))]
  const at = ({ uuid }: { uuid: string }) => `/@${anna.handle}/status/${uuid}/rewrite`
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  for (const crud of [one, two]) {
    await opensCrud(tab, crud.message)
    await tab.follows('Take back and rewrite')
    await tab.comesTo(at(crud))
    if (crud === one) await tab.goesTo('Home')
  }
  expect(await tab.field('Your crud').inputValue()).toBe(two.message)
  await tab.page.evaluate(() => history.go(-3))
  await tab.comesTo(at(one))
  await expect.poll(() => tab.field('Your crud').inputValue()).toBe(one.message)
})
