import { toIdentity } from '../worker/auth/provision.ts'
import type { Identity } from '../worker/models/sessions.ts'
import type { CognitoApi } from './cognito-api.ts'

const PAGE = 60

/** A user of the pool. */
export interface PoolPerson {
  identity: Identity
  /** Whether preferred_username is set; `identity.handle` is also null if that is malformed or reserved. */
  hasHandle: boolean
  /** Whether they can sign in; an unconfirmed email may belong to someone else. */
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

/** Returns all users of a pool, oldest first: of two users with the same handle, the older one gets it. */
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
