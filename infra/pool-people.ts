import { toIdentity } from '../worker/auth/provision.ts'
import type { Identity } from '../worker/models/sessions.ts'
import type { CognitoApi } from './cognito-api.ts'

const PAGE_SIZE = 60

/** A user of the pool. */
export interface PoolPerson {
  identity: Identity
  /** Whether preferred_username is set; `identity.handle` is also null if that is malformed or reserved. */
  hasHandle: boolean
  /** Whether they can sign in; an unconfirmed email may belong to someone else. */
  status: 'confirmed' | 'unconfirmed' | 'disabled'
  createdAt: number
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserType.html */
interface ListedUser {
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
    const page = await call<{ Users?: ListedUser[]; PaginationToken?: string }>('ListUsers', {
      UserPoolId: userPoolId,
      Limit: PAGE_SIZE,
      PaginationToken: token,
    })
    people.push(...(page.Users ?? []).map(toPerson))
    token = page.PaginationToken
  } while (token)
  return people.sort((a, b) => a.createdAt - b.createdAt)
}

function toPerson({ Attributes = [], Enabled, UserStatus, UserCreateDate = 0 }: ListedUser): PoolPerson {
  const attributes = Object.fromEntries(Attributes.map(({ Name, Value }) => [Name, Value ?? '']))
  const confirmation = UserStatus === 'UNCONFIRMED' ? 'unconfirmed' : 'confirmed'
  return {
    identity: toIdentity(attributes.sub ?? '', attributes),
    hasHandle: Boolean(attributes.preferred_username?.trim()),
    status: Enabled === false ? 'disabled' : confirmation,
    createdAt: UserCreateDate,
  }
}
