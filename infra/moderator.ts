// `npm run moderator -- add EMAIL` and `-- remove EMAIL`: puts a user into Cognito's group of moderators, or takes them out. Uses the
// pool of COGNITO_*, else that of a running `npm start`. It takes effect with the user's next token, within a quarter of an hour.
import { parseArgs } from 'node:util'
import { readSettings } from '../local/settings.ts'
import { isEmail } from '../worker/contract/email.ts'
import { type CognitoApi, openCognitoApi } from './cognito-api.ts'

const GROUP = 'moderators'
const OPERATIONS = { add: 'AdminAddUserToGroup', remove: 'AdminRemoveUserFromGroup' } as const

const USAGE = 'Usage: npm run moderator -- add EMAIL, or remove EMAIL'

/** Returns the pool's API; without settings that of the local endpoint, which accepts any credentials. */
function openApi(env: NodeJS.ProcessEnv): CognitoApi {
  const { cognito, ports } = readSettings(env)
  if (cognito) return openCognitoApi(env)
  return openCognitoApi({
    COGNITO_REGION: 'us-east-1',
    COGNITO_USER_POOL_ID: 'us-east-1_CruddurLo',
    COGNITO_CLIENT_ID: 'local',
    COGNITO_ENDPOINT: `http://127.0.0.1:${ports.cognito}/`,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  })
}

/** Runs the command. Throws an error with a one-line message if it was refused or failed. */
export async function runModerator(
  args: string[],
  env: NodeJS.ProcessEnv,
  print: (line: string) => void,
): Promise<void> {
  const [command = '', email = '', ...rest] = parseArgs({ args, allowPositionals: true }).positionals
  if (!(command === 'add' || command === 'remove') || !isEmail(email) || rest.length > 0) throw new Error(USAGE)
  const { userPoolId, call } = openApi(env)
  await call(OPERATIONS[command], { UserPoolId: userPoolId, Username: email, GroupName: GROUP })
  print(command === 'add' ? `A moderator of ${userPoolId} now.` : `No moderator of ${userPoolId} any more.`)
}

if (import.meta.main) {
  try {
    await runModerator(process.argv.slice(2), process.env, console.log)
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}
