/** People of the user pool: their groups and claims are roles and stores, as accounts of our own have them. */
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { beforeAll, describe, expect, test } from 'vitest'
import { mayDo } from '#core/access/may-do.ts'
import { ROLES, type Role } from '#core/access/rights.ts'
import { isRight, manifest } from '#functions/manifest.ts'
import { CloudEngine, outputsOfDeployment } from './cloud-engine.ts'

const PASSWORD = 'Wobbly-tangerine-harbour-42'
const { UserPoolId, UserPoolClientId: ClientId } = outputsOfDeployment()
const client = new CognitoIdentityProviderClient()
let engine: CloudEngine
beforeAll(async () => {
  engine = await CloudEngine.enter()
})

async function tokenOf(role: Role): Promise<string> {
  const Username = `${role}@shop.example`
  const UserAttributes = [
    { Name: 'email', Value: Username },
    { Name: 'custom:merchantId', Value: 'demo' },
    ...(role === 'store-manager' ? [{ Name: 'custom:stores', Value: 'north' }] : []),
  ]
  await client.send(new AdminCreateUserCommand({ UserPoolId, Username, UserAttributes, MessageAction: 'SUPPRESS' }))
  await client.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: PASSWORD, Permanent: true }))
  await client.send(new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName: role }))
  const { AuthenticationResult } = await client.send(
    new InitiateAuthCommand({
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: Username, PASSWORD },
    }),
  )
  return AuthenticationResult!.IdToken!
}

const asked = manifest.routes.filter(
  ({ method, path, guard }) => method === 'GET' && isRight(guard) && !path.includes('{'),
)

describe.each(ROLES)('%s', (role) => {
  test('is answered where the role has the right, and refused elsewhere', async () => {
    const authorization = `Bearer ${await tokenOf(role)}`
    const viewer = { merchantId: 'demo', subject: role, role }
    const wrong: string[] = []
    for (const { path, guard } of asked) {
      const { status } = await engine.ask('GET', path, { asStranger: true, headers: { authorization } })
      const isLetIn = isRight(guard) && mayDo(viewer, guard)
      // Some routes want more than a right: a question of a role that has it is at least understood.
      if ((status === 403) === isLetIn || status === 401 || status >= 500) wrong.push(`${path}: ${status}`)
    }
    expect(wrong).toEqual([])
  })
})
