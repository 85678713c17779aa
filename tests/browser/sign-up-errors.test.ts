import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { PASSWORD } from '../support/actors/actors.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { seesFocus } from './support/keyboard.ts'
import { opensPage } from './support/navigation.ts'
import { axeViolations, smallTouchTargets } from './support/page-checks.ts'
import { descriptionOf } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)

test('a taken handle and address are told at once; a suggestion, Sign in and a new password can be pressed', async () => {
  const anna = await site.actors.join('anna')
  const ben = site.actors.unregistered('ben')
  const tab = await browser.tab({ viewport: PHONE })
  await tab.visits('/signup?next=%2Fsearch')
  tab.expects(422)
  await tab.fills({ Name: 'Ben', Email: anna.email, Handle: anna.handle, Password: PASSWORD })
  await tab.presses('Join')
  await expect.poll(() => descriptionOf(tab.field('Handle'))).toContain('Somebody already has this handle.')
  expect(await descriptionOf(tab.field('Email'))).toContain('This address already has an account.')
  // The password is never sent back, and the field says so once.
  const RETYPE = 'Please type your password again.'
  expect((await descriptionOf(tab.field('Password'))).split(RETYPE)).toHaveLength(2)
  expect([...(await axeViolations(tab)), ...(await smallTouchTargets(tab))]).toEqual([])

  const suggestion = tab.main.locator('button.suggestion').first()
  const free = (await suggestion.textContent()) ?? ''
  await suggestion.click()
  await expect.poll(() => tab.field('Handle').inputValue()).toBe(free)
  await seesFocus(tab.field('Password'))
  expect(await tab.field('Email').inputValue()).toBe(anna.email)
  await tab.doesNotSee(tab.main.getByRole('alert').first())

  // Enter presses Join, not a suggestion.
  await tab.fills({ Handle: anna.handle, Password: PASSWORD })
  await tab.presses('Join')
  await tab.sees(suggestion)
  await tab.fills({ Email: ben.email, Handle: free, Password: PASSWORD })
  await tab.field('Password').press('Enter')
  await tab.sees(tab.heading('Confirm your address'))

  await tab.visits('/signup?next=%2Fsearch')
  await tab.fills({ Name: 'Ben', Email: anna.email, Handle: ben.handle, Password: PASSWORD })
  await tab.presses('Join')
  await tab.main.getByRole('alert').getByRole('link', { name: 'Sign in' }).click()
  await tab.sees(tab.heading('Sign in'))
  expect(await tab.field('Email').inputValue()).toBe(anna.email)
  tab.expects(401)
  await tab.fills({ Password: 'not-Cruddur-2026!' })
  await tab.presses('Sign in')
  await tab.sees(tab.main.getByRole('alert'))
  await seesFocus(tab.field('Password'))
  await tab.main.getByRole('alert').getByRole('link', { name: 'get a new password' }).click()
  await tab.comesTo(/^\/forgot/)
  expect(await tab.field('Email').inputValue()).toBe(anna.email)
})

test('a reserved handle is said to be reserved', async () => {
  const tab = await browser.tab({ viewport: PHONE })
  await tab.visits('/signup')
  tab.expects(422)
  await tab.fills({ Handle: 'settings' })
  await tab.presses('Join')
  await expect.poll(() => descriptionOf(tab.field('Handle'))).toContain('This handle is kept for Cruddur itself.')
})

test('the rules of a password are said once, also where it breaks them', async () => {
  const tab = await browser.tab({ viewport: PHONE })
  await tab.visits('/signup')
  const RULES = 'at least 8 characters'
  const said = async () => (await descriptionOf(tab.field('Password'))).toLowerCase().split(RULES).length - 1
  expect(await said()).toBe(1)
  tab.expects(422)
  await tab.fills({ Password: 'short' })
  await tab.presses('Join')
  await expect.poll(() => descriptionOf(tab.field('Password'))).toContain('This password is too simple.')
  expect(await said()).toBe(1)
})

test('passwords can be shown in the settings, with script', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  for (const [path, label] of [
    ['/settings', 'New password'],
    ['/settings/delete', 'Your password'],
  ] as const) {
    await tab.opens(path)
    await tab.fills({ [label]: 'Sunny-Day-1' })
    expect(await tab.field(label).getAttribute('type')).toBe('password')
    await tab.main.getByRole('checkbox', { name: 'Show what you type' }).check()
    expect(await tab.field(label).getAttribute('type')).toBe('text')
    expect(await tab.field(label).inputValue()).toBe('Sunny-Day-1')
  }
  const plain = await browser.tab({ as: anna, javaScriptEnabled: false })
  await opensPage(plain, '/settings', false)
  expect(await plain.main.getByRole('checkbox', { name: 'Show what you type' }).count()).toBe(0)
})
