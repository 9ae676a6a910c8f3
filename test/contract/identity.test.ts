import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateGroupCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { describe, expect, onTestFinished, test } from 'vitest'
import { CognitoIdentity } from '#adapters/aws/cognito-identity.ts'
import { FileSecrets } from '#adapters/embedded/file-secrets.ts'
import { LmdbStateStore } from '#adapters/embedded/lmdb-state-store.ts'
import { LocalIdentity } from '#adapters/embedded/local-identity.ts'
import { systemClock } from '#adapters/embedded/system-clock.ts'
import type { Clock, Secrets, Viewer } from '#core/ports.ts'
import { MemorySecrets } from '#test/fakes/memory-secrets.ts'
import { MemoryDynamoStateStore } from '#test/fakes/memory-state-store.ts'
import { type IdentityImplementation, identityContract } from './identity.contract.ts'
import { onAws } from './on-aws.ts'
import { temporaryFolder } from './temporary-folder.ts'

function openLocal(folder: string, clock: Clock) {
  const state = new LmdbStateStore({ path: join(folder, 'state') })
  return { state, identity: new LocalIdentity(state, new FileSecrets(join(folder, 'secrets.json')), clock) }
}

const local: IdentityImplementation = {
  name: 'LocalIdentity',
  open: async (clock) => {
    const folder = temporaryFolder()
    let { state, identity } = openLocal(folder, clock)
    return {
      identity,
      state: () => state,
      reopen: async () => {
        await state.close()
        ;({ state, identity } = openLocal(folder, clock))
        return identity
      },
      close: () => state.close(),
    }
  },
}

/** A pool of its own with a client that takes passwords; who is in it is the test's business. */
async function newPool() {
  const client = new CognitoIdentityProviderClient({})
  const custom = (Name: string) => ({ Name, AttributeDataType: 'String' as const, Mutable: true })
  const { UserPool } = await client.send(
    new CreateUserPoolCommand({ PoolName: 'contract', Schema: [custom('merchantId'), custom('stores')] }),
  )
  const UserPoolId = UserPool!.Id!
  const { UserPoolClient } = await client.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: 'contract',
      ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    }),
  )
  const ClientId = UserPoolClient!.ClientId!
  const endpoint = process.env.AWS_ENDPOINT_URL!
  return {
    pool: { id: UserPoolId, clientId: ClientId, endpoint },
    close: async () => {
      await client.send(new DeleteUserPoolCommand({ UserPoolId }))
      client.destroy()
    },
    /** Tokens of a new person with these attributes in this group. */
    tokensOf: async (Username: string, group: string | undefined, attributes: Record<string, string>) => {
      const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }))
      await client.send(new AdminCreateUserCommand({ UserPoolId, Username, UserAttributes }))
      const Password = 'Correct-horse-9'
      await client.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password, Permanent: true }))
      if (group !== undefined) {
        await client.send(new CreateGroupCommand({ UserPoolId, GroupName: group }))
        await client.send(new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName: group }))
      }
      const { AuthenticationResult } = await client.send(
        new AdminInitiateAuthCommand({
          UserPoolId,
          ClientId,
          AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME: Username, PASSWORD: Password },
        }),
      )
      return { id: AuthenticationResult!.IdToken!, access: AuthenticationResult!.AccessToken! }
    },
  }
}

const cognito: IdentityImplementation = {
  name: 'CognitoIdentity',
  open: async (clock) => {
    const { pool, close } = await newPool()
    const [state, secrets] = [new MemoryDynamoStateStore(), new MemorySecrets()]
    const open = () => new CognitoIdentity(new LocalIdentity(state, secrets, clock), pool, clock)
    return { identity: open(), state: () => state, reopen: async () => open(), close }
  },
}

for (const implementation of [local, ...onAws<IdentityImplementation>([cognito])]) identityContract(implementation)

describe('LocalIdentity', () => {
  const clock = { now: () => Date.parse('2026-03-02T10:00:00Z') }
  const viewer: Viewer = { merchantId: 'demo', subject: 'owner', role: 'owner' }

  const openState = (folder: string) => {
    const state = new LmdbStateStore({ path: join(folder, 'state') })
    onTestFinished(() => state.close())
    return state
  }

  test('keeps no token and no code itself', async () => {
    const folder = temporaryFolder()
    const identity = new LocalIdentity(openState(folder), new FileSecrets(join(folder, 'secrets.json')), clock)
    const shown = [
      (await identity.createToken(viewer, { label: 'script' })).token,
      await identity.openSession(viewer, 'browser'),
      await identity.issueForMachine(viewer),
      await identity.issueCode('sign-in', viewer),
    ]
    const kept = ['secrets.json', ...readdirSync(join(folder, 'state')).map((file) => join('state', file))]
    for (const file of kept) {
      const bytes = readFileSync(join(folder, file))
      for (const secret of shown) expect(bytes.includes(secret)).toBe(false)
    }
  })

  test('signs with one key though it is asked for by several at once', async () => {
    const folder = temporaryFolder()
    const secrets = new FileSecrets(join(folder, 'secrets.json'))
    const identity = new LocalIdentity(openState(folder), secrets, clock)
    const tokens = await Promise.all(Array.from({ length: 5 }, () => identity.issueForMachine(viewer)))
    for (const token of tokens) expect(await identity.verify(token)).toEqual(viewer)
  })

  test('secrets that cannot be reached are a fault of ours, not of who asks; it is over when they can', async () => {
    const folder = temporaryFolder()
    const file = new FileSecrets(join(folder, 'secrets.json'))
    let isReachable = true
    const secrets: Secrets = {
      get: (name) => (isReachable ? file.get(name) : Promise.reject(new Error('the disk is gone'))),
      set: (name, value) => file.set(name, value),
      delete: (name) => file.delete(name),
    }
    const state = openState(folder)
    const token = await new LocalIdentity(state, secrets, clock).issueForMachine(viewer)
    isReachable = false
    const identity = new LocalIdentity(state, secrets, clock)
    await expect(identity.verify(token)).rejects.toThrow('the disk is gone')
    isReachable = true
    expect(await identity.verify(token)).toEqual(viewer)
  })
})

describe.each(onAws(['CognitoIdentity']))('%s', () => {
  const identityOf = (pool: ConstructorParameters<typeof CognitoIdentity>[1], clock: Clock = systemClock) =>
    new CognitoIdentity(new LocalIdentity(new MemoryDynamoStateStore(), new MemorySecrets(), clock), pool, clock)

  test('people of the pool come with their role, merchant and stores, by their id token alone', async () => {
    const { pool, tokensOf, close } = await newPool()
    onTestFinished(close)
    const manager = await tokensOf('mia', 'store-manager', { 'custom:merchantId': 'm', 'custom:stores': 's1,s2' })
    const nobody = await tokensOf('bo', undefined, { 'custom:merchantId': 'm' })
    const identity = identityOf(pool)
    const seen = { merchantId: 'm', subject: expect.any(String), role: 'store-manager', stores: ['s1', 's2'] }
    expect(await identity.verify(manager.id)).toEqual(seen)
    expect(await identity.verify(manager.access)).toBeUndefined()
    expect(await identity.verify(nobody.id)).toBeUndefined()
    const [head, claims, signature] = manager.id.split('.') as [string, string, string]
    const richer = JSON.parse(Buffer.from(claims, 'base64url').toString())
    const forged = Buffer.from(JSON.stringify({ ...richer, 'cognito:groups': ['owner'] })).toString('base64url')
    expect(await identity.verify(`${head}.${forged}.${signature}`)).toBeUndefined()
  })

  test('nobody comes with a token that has ended, of another client or of another pool', async () => {
    const [here, there] = [await newPool(), await newPool()]
    onTestFinished(() => Promise.all([here.close(), there.close()]).then(() => {}))
    const { id } = await here.tokensOf('ann', 'owner', { 'custom:merchantId': 'm' })
    expect(await identityOf(here.pool).verify(id)).toMatchObject({ role: 'owner' })
    expect(await identityOf({ ...here.pool, clientId: 'other' }).verify(id)).toBeUndefined()
    expect(await identityOf(there.pool).verify(id)).toBeUndefined()
    const inTwoDays = { now: () => Date.now() + 2 * 86_400_000 }
    expect(await identityOf(here.pool, inTwoDays).verify(id)).toBeUndefined()
  })

  test('keys that cannot be read are a fault of ours, not of who asks', async () => {
    const { pool, tokensOf, close } = await newPool()
    onTestFinished(close)
    const { id } = await tokensOf('ann', 'owner', { 'custom:merchantId': 'm' })
    await expect(identityOf({ ...pool, endpoint: 'http://127.0.0.1:9' }).verify(id)).rejects.toThrow()
  })
})
