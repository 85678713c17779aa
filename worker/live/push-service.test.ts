import { expect, test } from 'vitest'
import { isPushService } from './push-service.ts'

const LOCAL = 'http://127.0.0.1:8799'

test.each([
  'https://fcm.googleapis.com/fcm/send/abc:def',
  'https://fcm.googleapis.com/wp/abc',
  'https://jmt17.google.com/fcm/send/abc:def',
  'https://updates.push.services.mozilla.com/wpush/v2/abc',
  'https://web.push.apple.com/abc',
  'https://wns2-par02p.notify.windows.com/w/?token=abc',
])('knows %s', (endpoint) => {
  expect(isPushService(endpoint, undefined)).toBe(true)
})

test.each([
  '',
  'fcm.googleapis.com',
  'http://fcm.googleapis.com/',
  'ftp://fcm.googleapis.com/',
  'https://user@fcm.googleapis.com/',
  'https://user:secret@fcm.googleapis.com/',
  'https://fcm.googleapis.com:8443/',
  'https://fcm.googleapis.com./',
  'https://fcm.googleapis.com.evil.example/',
  'https://fcm.googleapis.com@evil.example/',
  'https://evil.example/fcm.googleapis.com',
  'https://evil.example#fcm.googleapis.com',
  'https://evil.example\\.fcm.googleapis.com/',
  'https://fcmXgoogleapis.com/',
  'https://evilfcm.googleapis.com/',
  'https://evil.jmt17.google.com/',
  'https://push.apple.com.evil.example/',
  'https://evilpush.apple.com/',
  'https://evilpush.services.mozilla.com/',
  'https://push.services.mozilla.com.evil.example/',
  'https://evilnotify.windows.com/',
  'https://fcm.googleapis.com\n.evil.example/',
  'https://127.0.0.1/',
  'https://2130706433/',
  'https://[::1]/',
  'https://169.254.169.254/latest/meta-data/',
  'https://localhost/',
  `${LOCAL}/push/1`,
])('does not know %j', (endpoint) => {
  expect(isPushService(endpoint, undefined)).toBe(false)
})

test('knows a local stand-in where one is set, by its whole origin', () => {
  expect(isPushService(`${LOCAL}/push/1`, LOCAL)).toBe(true)
  expect(isPushService('http://127.0.0.1:8798/push/1', LOCAL)).toBe(false)
  expect(isPushService('https://127.0.0.1:8799/push/1', LOCAL)).toBe(false)
  expect(isPushService('http://user@127.0.0.1:8799/push/1', LOCAL)).toBe(false)
})
