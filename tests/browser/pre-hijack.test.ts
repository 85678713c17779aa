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
])(
  '%s: the owner of an email that was signed up by another gets the account, and the other does not',
  async (_, options) => {
    const attacker = site.actors.unregistered('mallory')
    const victim = site.actors.unregistered('victor', attacker.email)
    victim.details.password = VICTIM_PASSWORD
    const [attackerTab, victimTab] = [await browser.tab(options), await browser.tab(options)]

    await signsUp(attackerTab, attacker)
    await attackerTab.doesNotSee(attackerTab.field('Password'))

    // The owner signs up as usual, and enters the code and a password.
    await signsUp(victimTab, victim)
    const password = victimTab.field('Password')
    expect(await descriptionOf(password)).toContain('The one you chose when you signed up.')
    await victimTab.fills({ Code: victim.code, Password: VICTIM_PASSWORD })
    await victimTab.presses('Confirm')
    await victimTab.sees(victimTab.heading('Set a new password'))
    await victimTab.sees(victimTab.main.getByText('in case someone else knows the old password'))

    // The attacker's password opens nothing, not even the next step.
    await signsIn(attackerTab, attacker.email, PASSWORD)
    await attackerTab.sees(attackerTab.heading('Set a new password'))
    attackerTab.expects(422)
    await attackerTab.fills({ Code: '000000', 'New password': PASSWORD })
    await attackerTab.presses('Set password')
    await expect.poll(() => descriptionOf(attackerTab.field('Code'))).toContain('That code is wrong or too old')
    await attackerTab.visits('/settings')
    await attackerTab.comesTo('/signin?next=%2Fsettings')

    expect(await victimTab.field('Email').inputValue()).toBe(victim.email)
    await victimTab.fills({ Code: victim.code, 'New password': VICTIM_PASSWORD })
    await victimTab.presses('Set password')
    await victimTab.sees(victimTab.heading('Your password is set'))
    await victimTab.follows('Sign in')
    await victimTab.fills({ Password: VICTIM_PASSWORD })
    await victimTab.presses('Sign in')
    await victimTab.comesTo('/')
    await posts(victimTab, `Mine at last, says ${victim.handle}.`)

    attackerTab.expects(401)
    await signsIn(attackerTab, attacker.email, PASSWORD)
    await attackerTab.sees('Wrong email or password. Check both, or get a new password.')
  },
)

test('an account can be confirmed in another browser with the password of the sign-up', async () => {
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
