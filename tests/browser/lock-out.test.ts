import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { PASSWORD } from '../support/actors/actors.ts'
import { guesses, sequentially, signIn, WRONG_CODE, WRONG_PASSWORD } from '../support/actors/guesses.ts'
import { newIp } from '../support/actors/networks.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { navLink } from './support/navigation.ts'
import type { Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)
const { visitorFrom, pastCognitoLock } = guesses(site)

const TOO_MANY = 'That was a lot at once. Wait a while, then try again.'
const MAY_BE_LOCKED =
  'After so many wrong tries, the account may be locked for a few minutes. If yours was right, try it again then.'

const setsIp = (tab: Tab, ip = newIp()) => tab.context.setExtraHTTPHeaders({ 'cf-connecting-ip': ip })

async function signsIn(tab: Tab, email: string, password: string): Promise<void> {
  await tab.visits('/signin')
  await tab.fills({ Email: email, Password: password })
  await tab.presses('Sign in')
}

/** Fails to sign in from a new network until it is throttled, and sees the messages. */
async function failsUntilThrottled(tab: Tab, email: string, sentence: string): Promise<void> {
  const ip = newIp()
  await setsIp(tab, ip)
  await signsIn(tab, email, WRONG_PASSWORD)
  await tab.sees(sentence)
  await sequentially([2, 3, 4, 5], () => signIn(visitorFrom(ip), email))
  await signsIn(tab, email, WRONG_PASSWORD)
  await tab.sees(TOO_MANY)
}

test('an attacker in two networks does not lock out the owner, who is notified', async () => {
  const anna = await site.actors.join('anna')
  const owner = await browser.tab({ as: anna, viewport: PHONE })
  await setsIp(owner)
  await owner.visits('/signout')
  await owner.presses('Sign out')
  await owner.comesTo('/')

  const attacker = await browser.tab()
  for (const status of [401, 422, 429]) attacker.expects(status)
  await failsUntilThrottled(attacker, anna.email, 'Wrong email or password. Check both, or get a new password.')
  await failsUntilThrottled(attacker, anna.email, MAY_BE_LOCKED)
  for (const step of [1, 2, 3, 4]) {
    await attacker.visits('/forgot')
    await attacker.fills({ Email: anna.email })
    await attacker.presses('Send the code')
    await attacker.sees(step < 4 ? attacker.heading('Set a new password') : attacker.main.getByText(TOO_MANY))
  }
  await attacker.visits(`/forgot?step=confirm&email=${encodeURIComponent(anna.email)}`)
  await attacker.fills({ Code: WRONG_CODE, 'New password': 'Another-2027?' })
  await attacker.presses('Set password')
  await attacker.sees('That code is wrong or too old. Check our latest email, or ask for a new one.')

  await pastCognitoLock(async () => {
    await signsIn(owner, anna.email, PASSWORD)
    await owner.comesTo('/')
    const newDevice = await browser.tab()
    await setsIp(newDevice)
    await signsIn(newDevice, anna.email, PASSWORD)
    await newDevice.comesTo('/')
  })

  await navLink(owner, 'Notifications, 1 new').click()
  const article = owner.main.getByRole('article', {
    name: 'New Someone tried 10 wrong passwords on your account.',
  })
  await owner.sees(article)
  expect(await article.textContent()).toContain(
    'If that wasn’t you, nothing is lost. A long password keeps it that way.',
  )
  await article.getByRole('link', { name: 'Change your password' }).click()
  await owner.comesTo('/settings')
  expect(new URL(owner.page.url()).hash).toBe('#password')
  await owner.sees(owner.field('New password'))
})

test('the owner recovers on a new device while others guess the code', async () => {
  const anna = await site.actors.join('anna')
  const owner = await browser.tab({ viewport: PHONE })
  await setsIp(owner)
  await owner.visits('/forgot')
  await owner.fills({ Email: anna.email })
  await owner.presses('Send the code')
  await owner.sees(owner.heading('Set a new password'))

  const attacker = await browser.tab()
  attacker.expects(422)
  await setsIp(attacker)
  for (let attempts = 0; attempts < 4; attempts += 1) {
    await attacker.visits(`/forgot?step=confirm&email=${encodeURIComponent(anna.email)}`)
    await attacker.fills({ Code: WRONG_CODE, 'New password': 'Another-2027?' })
    await attacker.presses('Set password')
    await attacker.sees(attacker.main.getByText('That code is wrong or too old'))
  }

  await owner.fills({ Code: anna.code, 'New password': 'Another-2027?' })
  await owner.presses('Set password')
  await owner.sees(owner.heading('Your password is set'))
  await owner.follows('Sign in')
  await owner.fills({ Password: 'Another-2027?' })
  await owner.presses('Sign in')
  await owner.comesTo('/')
})
