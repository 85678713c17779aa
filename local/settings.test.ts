import { describe, expect, it } from 'vitest'
import { readSettings } from './settings.ts'

describe('readSettings', () => {
  it('runs all services locally by default', () => {
    const settings = readSettings({})
    expect(settings).toMatchObject({ isDefaultPort: true, database: { kind: 'local' }, cognito: null })
    expect(settings.ports).toEqual({ site: 8787, postgres: 8788, neon: 8789, cognito: 8790, inspector: 8791 })
  })

  it('uses separate folders and ports for another PORT', () => {
    const { stateDir, devVarsFile, ports } = readSettings({ PORT: '9000' })
    expect(stateDir).toMatch(/\.local\/9000$/)
    expect(devVarsFile).toBe(`${stateDir}/dev.vars`)
    expect(ports.inspector).toBe(9004)
  })

  it.each(['0', '80', '65532', '1.5', 'http'])('refuses the port %s', (PORT) => {
    expect(() => readSettings({ PORT })).toThrow(`PORT is ${PORT}`)
  })

  it('distinguishes Neon from another Postgres, and local from remote databases', () => {
    const database = (DATABASE_URL: string) => readSettings({ DATABASE_URL }).database
    expect(database('postgres://u:p@ep-x-1.eu-central-1.aws.neon.tech/db').kind).toBe('neon')
    expect(database('postgresql://u:p@localhost:5432/db')).toMatchObject({ kind: 'postgres', isLoopback: true })
    expect(database('postgres://u:p@db.example.com/db')).toMatchObject({ kind: 'postgres', isLoopback: false })
    expect(() => database('mysql://u:secret@h/db')).toThrow(/^DATABASE_URL is not a postgres:\/\/ URL\.$/)
  })

  it('requires all settings of a Cognito pool or none', () => {
    const pool = { COGNITO_REGION: 'eu-west-1', COGNITO_USER_POOL_ID: 'eu-west-1_a', COGNITO_CLIENT_ID: 'b' }
    expect(readSettings(pool).cognito).toEqual(pool)
    expect(() => readSettings({ COGNITO_REGION: 'eu-west-1', COGNITO_CLIENT_ID: 'b' })).toThrow(
      'COGNITO_REGION is set, so COGNITO_USER_POOL_ID must be set too.',
    )
  })
})
