import { expect } from 'vitest'
import type { Actor } from '../../support/actors/actors.ts'
import { choosesFromMenu, seesSaved, toast } from './page-actions.ts'
import { descriptionOf, type Tab } from './tab.ts'

/** Signs up from the landing page and confirms, with the usual mistakes on the way. */
export async function joins(tab: Tab, anna: Actor, taken: Actor): Promise<void> {
  await tab.visits('/')
  await tab.sees(tab.heading('Say it. Let it burn.'))
  await tab.main.getByRole('region', { name: 'Say it. Let it burn.' }).getByRole('link', { name: 'Join' }).click()
  await tab.sees(tab.heading('Join'))
  const password = tab.field('Password')
  expect(await descriptionOf(password)).toContain('At least 8 characters, with a lowercase and an uppercase letter')

  // Every field is wrong: all errors show at once, and all input but the password stays.
  tab.expects(422)
  await tab.fills({ Name: ' ', Email: 'anna', Handle: 'no spaces', Password: 'password' })
  await tab.presses('Join')
  await tab.sees('Tell us what to call you.')
  expect(await descriptionOf(tab.field('Email'))).toContain('name@example.com')
  expect(await descriptionOf(tab.field('Handle'))).toContain('Up to 30 letters a to z, digits and _.')
  expect(await descriptionOf(password)).toContain('This password is too simple')
  expect(await tab.field('Email').inputValue()).toBe('anna')
  expect(await tab.field('Handle').inputValue()).toBe('no spaces')
  expect(await password.inputValue()).toBe('')

  // A taken handle: three free ones are offered, beside the other errors.
  const { display_name, email, handle } = anna.details
  await tab.fills({ Name: display_name, Email: email, Handle: taken.handle, Password: 'Password1' })
  await tab.presses('Join')
  await expect.poll(() => descriptionOf(tab.field('Handle'))).toContain('Somebody already has this handle')
  const suggestions = (await descriptionOf(tab.field('Handle'))).match(/Still free: (\w+) (\w+) (\w+)/)?.slice(1)
  expect(new Set(suggestions).size).toBe(3)
  expect(await descriptionOf(password)).toContain('This password is too simple')
  expect(await descriptionOf(tab.field('Email'))).toBe('')
  expect(await tab.field('Name').inputValue()).toBe(display_name)
  expect(await tab.field('Handle').inputValue()).toBe(taken.handle)
  expect(await password.inputValue()).toBe('')
  expect(anna.mailCount).toBe(0)

  await tab.fills({ Handle: handle, Password: anna.details.password })
  await tab.presses('Join')
  await tab.sees(tab.heading('Confirm your address'))
  await confirms(tab, anna)
}

/** Enters a wrong code, then the right one. */
async function confirms(tab: Tab, anna: Actor): Promise<void> {
  expect(await tab.field('Email').inputValue()).toBe(anna.email)
  await tab.sees(tab.main.getByRole('link', { name: 'Wrong address?' }))
  const code = tab.field('Code')
  expect(await code.getAttribute('autocomplete')).toBe('one-time-code')
  expect(await code.getAttribute('inputmode')).toBe('numeric')

  await code.fill(anna.code === '000000' ? '111111' : '000000')
  await tab.presses('Confirm')
  await expect.poll(() => descriptionOf(code)).toContain('That code is wrong or too old')
  expect(await tab.field('Email').inputValue()).toBe(anna.email)

  await code.fill(anna.code)
  await tab.presses('Confirm')
  await tab.comesTo('/')
  await tab.sees(tab.field('Your crud'))
}

/** Posts from the home page. */
export async function posts(tab: Tab, message: string, ttl = '1 hour'): Promise<void> {
  await tab.fills({ 'Your crud': message })
  await tab.main.getByRole('radio', { name: ttl, exact: true }).check()
  await tab.presses('Crud')
  await seesSaved(tab, message)
}

/** Opens the page of an activity from a list. */
export async function opensCrud(tab: Tab, message: string): Promise<void> {
  await tab.crud(message).getByRole('link', { name: 'Open,' }).click()
  await tab.sees(tab.heading('Crud'))
  await tab.sees(tab.crud(message))
}

/** Replies to the activity whose page this is. */
export async function writesReply(tab: Tab, message: string): Promise<void> {
  await tab.fills({ 'Your reply': message })
  await tab.presses('Reply')
  await tab.sees(tab.main.getByRole('region', { name: 'Replies' }).getByText(message))
  await seesSaved(tab, message)
}

/** Deletes an own activity: with script from its menu, else through the page that asks for confirmation. */
export async function deletes(tab: Tab, message: string, scripted: boolean): Promise<void> {
  await choosesFromMenu(tab, message, /^Put out/, scripted)
  if (scripted) {
    await tab.sees(toast(tab, 'Deleted.'))
    await tab.doesNotSee(tab.crud(message))
    return
  }
  await tab.sees(tab.heading('Delete this crud?'))
  await tab.sees(tab.crud(message))
  await tab.presses('Delete now')
  await tab.comesTo('/')
}
