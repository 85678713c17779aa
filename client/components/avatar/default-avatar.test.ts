import { describe, expect, it } from 'vitest'
import { starOf } from './default-avatar.ts'

/** Expected stars. If one changes, so does the avatar of every user who has uploaded none. */
const STARS: Array<[handle: string, hue: number, core: string, path: string]> = [
  [
    'hana_b',
    105,
    'none',
    'M33.8 12.0L33.0 20.6L39.3 26.5L31.5 30.1L29.5 38.5L22.5 33.5L14.2 36.0L15.0 27.4L8.7 21.5L16.5 17.9L18.5 9.5L25.5 14.5Z',
  ],
  [
    'mira',
    135,
    'eye',
    'M27.6 8.9L30.1 16.6L38.0 17.4L33.6 24.1L37.9 30.9L29.9 31.6L27.3 39.2L21.7 33.3L14.2 36.0L15.3 28.1L8.5 23.8L15.4 19.7L14.5 11.8L22.0 14.6Z',
  ],
  [
    'anouk',
    315,
    'eye',
    'M28.8 9.3L27.8 19.5L37.8 17.0L29.9 23.6L38.7 28.8L28.5 27.8L31.0 37.8L24.4 29.9L19.2 38.7L20.2 28.5L10.2 31.0L18.1 24.4L9.3 19.2L19.5 20.2L17.0 10.2L23.6 18.1Z',
  ],
  [
    'tobias_k',
    165,
    'hole',
    'M28.7 9.2L28.7 17.9L37.1 15.7L31.6 22.4L39.4 26.1L30.9 27.6L34.4 35.5L26.9 31.2L24.6 39.5L21.6 31.4L14.5 36.3L17.4 28.1L8.9 27.3L16.3 23.0L10.3 16.8L18.8 18.3L18.1 9.7L23.7 16.3Z',
  ],
  [
    'sol',
    255,
    'eye',
    'M36.9 15.3L29.9 24.2L36.2 33.5L25.6 29.7L18.7 38.6L19.1 27.3L8.5 23.5L19.4 20.4L19.7 9.1L26.0 18.5Z',
  ],
  [
    'bayko',
    195,
    'hole',
    'M38.0 17.4L31.6 25.5L34.6 35.3L24.9 31.7L16.5 37.6L17.0 27.3L8.8 21.0L18.7 18.3L22.1 8.6L27.8 17.2Z',
  ],
  [
    'londo',
    15,
    'hole',
    'M34.1 12.3L34.8 20.2L39.2 26.9L32.7 31.5L29.1 38.6L21.8 35.3L13.9 35.7L13.2 27.8L8.8 21.1L15.3 16.5L18.9 9.4L26.2 12.7Z',
  ],
  [
    'yuki_n',
    195,
    'none',
    'M31.8 10.6L32.8 16.6L38.6 18.7L35.5 24.0L38.6 29.3L32.8 31.4L31.8 37.4L26.0 35.3L21.3 39.3L18.3 33.9L12.1 34.0L13.2 27.9L8.5 24.0L13.2 20.1L12.1 14.0L18.3 14.1L21.3 8.7L26.0 12.7Z',
  ],
]

describe('starOf', () => {
  it.each(STARS)('returns the same star for @%s as before', (handle, hue, core, path) => {
    expect(starOf(handle)).toEqual({ path, hue, core })
  })

  it('ignores case', () => {
    expect(starOf('Tobias_K')).toEqual(starOf('tobias_k'))
  })
})
