import { describe, expect, it } from 'vitest'
import { readSettings } from './settings.ts'

describe('readSettings', () => {
  it('runs everything here unless told otherwise', () => {
    const settings = readSettings({})
    expect(settings).toMatchObject({ isDefaultPort: true, database: { kind: 'local' }, cognito: null })
    expect(settings.ports).toEqual({ site: 8787, postgres: 8788, neon: 8789, cognito: 8790, inspector: 8791 })
  })

  it('keeps another port apart from the first', () => {
    const { stateDir, devVarsFile, ports } = readSettings({ PORT: '9000' })
    expect(stateDir).toMatch(/\.local\/9000$/)
    expect(devVarsFile).toBe(`${stateDir}/dev.vars`)
    expect(ports.inspector).toBe(9004)
  })

  it.each(['0', '80', '65532', '1.5', 'http'])('refuses the port %s', (PORT) => {
    expect(() => readSettings({ PORT })).toThrow(`PORT is ${PORT}`)
  })

  it('tells Neon from another Postgres, and a database of this machine from one elsewhere', () => {
    const database = (DATABASE_URL: string) => readSettings({ DATABASE_URL }).database
    expect(database('postgres://u:p@ep-x-1.eu-central-1.aws.neon.tech/db').kind).toBe('neon')
    expect(database('postgresql://u:p@localhost:5432/db')).toMatchObject({ kind: 'postgres', isLoopback: true })
    expect(database('postgres://u:p@db.example.com/db')).toMatchObject({ kind: 'postgres', isLoopback: false })
    expect(() => database('mysql://u:secret@h/db')).toThrow(/^DATABASE_URL is not a postgres:\/\/ URL\.$/)
  })

  it('takes a pool of the environment whole or not at all', () => {
    const pool = { COGNITO_REGION: 'eu-west-1', COGNITO_USER_POOL_ID: 'eu-west-1_a', COGNITO_CLIENT_ID: 'b' }
    expect(readSettings(pool).cognito).toEqual(pool)
    expect(() => readSettings({ COGNITO_REGION: 'eu-west-1', COGNITO_CLIENT_ID: 'b' })).toThrow(
      'COGNITO_REGION is set, so COGNITO_USER_POOL_ID must be set too.',
    )
  })
})
