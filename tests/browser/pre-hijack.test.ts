import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { type Actor, PASSWORD } from '../support/actors/actors.ts'
import { VICTIM_PASSWORD } from '../support/actors/pre-hijack.ts'
import { DESKTOP, openBrowser, PHONE } from './support/browser.ts'
import { descriptionOf, type Tab } from './support/tab.ts'
import { posts } from './support/user-journey.ts'

const site = await openSite()
const browser = await openBrowser(site)

async function signsUp(tab: Tab, { details }: Actor): Promise<void> {
  await tab.visits('/signup')
  const { display_name, email, handle, password } = details
  await tab.fills({ Name: display_name, Email: email, Handle: handle, Password: password })
  await tab.presses('Join')
  await tab.sees(tab.heading('Confirm your address'))
  expect(await tab.field('Email').inputValue()).toBe(email)
}

async function signsIn(tab: Tab, email: string, password: string): Promise<void> {
  await tab.visits('/signin')
  await tab.fills({ Email: email, Password: password })
  await tab.presses('Sign in')
}

test.each([
  ['on a desktop', { viewport: DESKTOP }],
  ['on a phone', { viewport: PHONE }],
  ['without script', { viewport: PHONE, javaScriptEnabled: false }],
])('%s: somebody has signed the address up first, and its owner gets the account to themselves', async (_, options) => {
  const mallory = site.actors.unregistered('mallory')
  const victor = site.actors.unregistered('victor', mallory.email)
  victor.details.password = VICTIM_PASSWORD
  const [evil, good] = [await browser.tab(options), await browser.tab(options)]

  await signsUp(evil, mallory)
  await evil.doesNotSee(evil.field('Password'))

  // The owner joins as if nobody had, and types the code and their password.
  await signsUp(good, victor)
  const password = good.field('Password')
  expect(await descriptionOf(password)).toContain('The one you chose when you signed up.')
  await good.fills({ Code: victor.code, Password: VICTIM_PASSWORD })
  await good.presses('Confirm')
  await good.sees(good.heading('Set a new password'))
  await good.sees(good.main.getByText('so that nobody else who may know the old password gets in'))

  // Meanwhile the other knows the password, and it opens nothing: not even the step to go on.
  await signsIn(evil, mallory.email, PASSWORD)
  await evil.sees(evil.heading('Set a new password'))
  evil.expects(422)
  await evil.fills({ Code: '000000', 'New password': PASSWORD })
  await evil.presses('Set the password')
  await expect.poll(() => descriptionOf(evil.field('Code'))).toContain('That is not the code')
  await evil.visits('/settings')
  await evil.comesTo('/signin?next=%2Fsettings')

  expect(await good.field('Email').inputValue()).toBe(victor.email)
  await good.fills({ Code: victor.code, 'New password': VICTIM_PASSWORD })
  await good.presses('Set the password')
  await good.sees(good.heading('Your password is set'))
  await good.follows('Sign in')
  await good.fills({ Password: VICTIM_PASSWORD })
  await good.presses('Sign in')
  await good.comesTo('/')
  await posts(good, `Mine at last, says ${victor.handle}.`)

  evil.expects(401)
  await signsIn(evil, mallory.email, PASSWORD)
  await evil.sees('Email and password do not match. Check both, or get a new password.')
})

test('at another browser the password of signing up opens the account', async () => {
  const anna = site.actors.unregistered('anna')
  const desktop = await browser.tab()
  await signsUp(desktop, anna)
  const phone = await browser.tab({ viewport: PHONE })
  await signsIn(phone, anna.email, PASSWORD)
  await phone.sees(phone.heading('Confirm your address'))
  await phone.fills({ Code: anna.code, Password: PASSWORD })
  await phone.presses('Confirm')
  await phone.comesTo('/')
  await phone.sees(phone.field('Your crud'))
})
