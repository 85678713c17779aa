import { expect, it } from 'vitest'
import { paths } from './paths.ts'

const activity = { uuid: '019ab2c4-0000-7000-8000-000000000001', user: { handle: 'mira' } }

it('builds paths', () => {
  expect({
    home: paths.home(),
    following: paths.home('following'),
    everyone: paths.home('everyone', 'a+b='),
    older: paths.home(undefined, 'abc'),
    compose: paths.compose(),
    profile: paths.profile('mira'),
    profilePage: paths.profileTab('mira', { cursor: 'abc' }),
    activity: paths.activity(activity),
    replies: paths.replies(activity, 'abc'),
    reply: paths.reply(activity),
    deleteActivity: paths.deleteActivity(activity),
    like: paths.like(activity),
    repost: paths.repost(activity),
    signUp: paths.signUp(),
    signIn: paths.signIn(),
    signInNext: paths.signIn(paths.button(activity, 'like')),
    signOut: paths.signOut(),
    confirm: paths.confirm('mira+x@example.com'),
    forgot: paths.forgot(),
    about: paths.about(),
    terms: paths.terms(),
    privacy: paths.privacy(),
  }).toEqual({
    home: '/',
    following: '/',
    everyone: '/?feed=everyone&cursor=a%2Bb%3D',
    older: '/?cursor=abc',
    compose: '/compose',
    profile: '/@mira',
    profilePage: '/@mira?cursor=abc',
    activity: '/@mira/status/019ab2c4-0000-7000-8000-000000000001',
    replies: '/@mira/status/019ab2c4-0000-7000-8000-000000000001?cursor=abc',
    reply: '/@mira/status/019ab2c4-0000-7000-8000-000000000001#reply',
    deleteActivity: '/@mira/status/019ab2c4-0000-7000-8000-000000000001/put-out',
    like: '/@mira/status/019ab2c4-0000-7000-8000-000000000001/like',
    repost: '/@mira/status/019ab2c4-0000-7000-8000-000000000001/repost',
    signUp: '/signup',
    signIn: '/signin',
    signInNext: '/signin?next=%2F%40mira%2Fstatus%2F019ab2c4-0000-7000-8000-000000000001%23to-like',
    signOut: '/signout',
    confirm: '/confirm?email=mira%2Bx%40example.com',
    forgot: '/forgot',
    about: '/about',
    terms: '/terms-of-service',
    privacy: '/privacy-policy',
  })
})

it('encodes user input', () => {
  expect(paths.search({ term: '50% & more', in: 'people' })).toBe('/search?term=50%25+%26+more&in=people')
  expect(paths.search({ term: '' })).toBe('/search')
  expect(paths.tag('größe', 'abc')).toBe('/tags/gr%C3%B6%C3%9Fe?cursor=abc')
  expect(paths.notifications()).toBe('/notifications')
  expect(paths.password()).toBe('/settings#password')
})
