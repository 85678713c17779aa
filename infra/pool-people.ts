import { toIdentity } from '../worker/auth/provision.ts'
import type { Identity } from '../worker/models/sessions.ts'
import type { CognitoApi } from './cognito-api.ts'

const PAGE = 60

/** Somebody in the pool. */
export interface PoolPerson {
  identity: Identity
  /** Whether a handle was given at all; `identity.handle` is null as well where it is none that one can have here. */
  hasHandle: boolean
  /** Whether they can sign in; somebody else may have signed up with an address that was never confirmed. */
  standing: 'good' | 'unconfirmed' | 'disabled'
  createdAt: number
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserType.html */
interface Listed {
  Attributes?: { Name: string; Value?: string }[]
  Enabled?: boolean
  UserStatus?: string
  UserCreateDate?: number
}

/** Everybody in a pool, who came first coming first: of two who want a handle that one has it. */
export async function listPeople({ userPoolId, call }: CognitoApi): Promise<PoolPerson[]> {
  const people: PoolPerson[] = []
  let token: string | undefined
  do {
    const page = await call<{ Users?: Listed[]; PaginationToken?: string }>('ListUsers', {
      UserPoolId: userPoolId,
      Limit: PAGE,
      PaginationToken: token,
    })
    people.push(...(page.Users ?? []).map(toPerson))
    token = page.PaginationToken
  } while (token)
  return people.sort((a, b) => a.createdAt - b.createdAt)
}

function toPerson({ Attributes = [], Enabled, UserStatus, UserCreateDate = 0 }: Listed): PoolPerson {
  const attributes = Object.fromEntries(Attributes.map(({ Name, Value }) => [Name, Value ?? '']))
  const unconfirmed = UserStatus === 'UNCONFIRMED' ? 'unconfirmed' : 'good'
  return {
    identity: toIdentity(attributes.sub ?? '', attributes),
    hasHandle: Boolean(attributes.preferred_username?.trim()),
    standing: Enabled === false ? 'disabled' : unconfirmed,
    createdAt: UserCreateDate,
  }
}
