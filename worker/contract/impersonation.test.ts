import { describe, expect, test } from 'vitest'
import { looksLikeOurs } from './impersonation.ts'
import { displayName } from './user.ts'

const codes = (name: string) => displayName.safeParse(name).error?.issues.map(({ message }) => message)

describe('refuses names that impersonate the site', () => {
  test.each([
    ['the name', 'Cruddur'],
    ['in capitals', 'CRUDDUR'],
    ['with accents', 'Crüd\u0323dúr'],
    ['with strokes', 'Cruđđur'],
    ['in Cyrillic letters', 'СгυԁԁυГ'],
    ['with Greek letters', 'Ϲruddμr'],
    ['in small capitals', 'ᴄʀᴜᴅᴅᴜʀ'],
    ['in full width', 'Ｃｒｕｄｄｕｒ'],
    ['in mathematical letters', '𝓒𝓻𝓾𝓭𝓭𝓾𝓻'],
    ['in circles', 'Ⓒⓡⓤⓓⓓⓤⓡ'],
    ['in white letters on squares', '🅲🆁🆄🅳🅳🆄🆁'],
    ['in letters of flags', '🇨 🇷 🇺 🇩 🇩 🇺 🇷'],
    ['with zero-width characters', 'Crud\u200b\u034f\u2060dur'],
    ['in spaced letters', 'C R U D D U R'],
    ['with signs between', '-=[ Cruddur™ ]=-'],
    ['with letters doubled or left out', 'Cruduur'],
    ['with cl for d', 'Cruclclur'],
    ['with a role', 'Cruddur Support'],
    ['inside another', 'The Cruddur Team'],
    ['a role', 'Admin'],
    ['a role with a Cyrillic letter', 'Аdmin'],
    ['a role with a Greek letter', 'Μoderator'],
    ['a role with digits', '5upp0rt'],
    ['a role with rn for m', 'Adrninistrator'],
    ['a role and team', 'Moderator Team'],
    ['an official role', 'Official Support'],
  ])('%s: %s', (_, name) => {
    expect(codes(name)).toEqual(['display_name_reserved'])
  })

  test('looksLikeOurs detects handles too', () => {
    for (const handle of ['cruddur_', 'the_cruddur_team', 'cruddurr', 'adm1n', 'supp0rt_team', '_staff_'])
      expect(looksLikeOurs(handle), handle).toBe(true)
  })
})

test.each([
  'Anna',
  'Crude Oil',
  'Rudder',
  'Modest Support Act',
  'Anna, admin of nothing',
  'Joe Root',
  'Мария',
  'Νίκος',
  '田中',
  '🇫🇷 Marie',
  'ליאת',
])('accepts %s', (name) => {
  expect(displayName.parse(name)).toBe(name)
})

test.each(['a\nb', 'a\r\nb', 'a\u2028b', 'a\u2029b'])('refuses a name with a line break: %j', (name) => {
  expect(codes(name)).toEqual(['display_name_invalid'])
})
