/** The adapters of AWS keep the contracts of their ports, where an endpoint is given: an account's, or an emulator's. */
import { randomUUID } from 'node:crypto'
import { AthenaClient, CreateWorkGroupCommand } from '@aws-sdk/client-athena'
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
import { CreateDatabaseCommand, DeleteDatabaseCommand, GlueClient } from '@aws-sdk/client-glue'
import {
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeStreamSummaryCommand,
  type KinesisClient,
  PutRecordsCommand,
} from '@aws-sdk/client-kinesis'
import { CreateBucketCommand, DeleteBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { describe, expect, onTestFinished, test } from 'vitest'
import { LocalIdentity } from '#adapters/embedded/local-identity.ts'
import { randomIds, systemClock } from '#adapters/embedded/system-clock.ts'
import type { Clock } from '#core/ports.ts'
import { ParquetParts } from '#runtime/parquet.ts'
import { type EventLogImplementation, eventLogContract, type OpenLog } from '#test/contract/event-log.contract.ts'
import { type IdentityImplementation, identityContract } from '#test/contract/identity.contract.ts'
import { type ObjectStoreImplementation, objectStoreContract } from '#test/contract/object-store.contract.ts'
import { endpointOnAws, onAws } from '#test/contract/on-aws.ts'
import { type SecretsImplementation, secretsContract } from '#test/contract/secrets.contract.ts'
import { type WarehouseImplementation, warehouseContract } from '#test/contract/warehouse.contract.ts'
import { MemoryObjectStore } from '#test/fakes/memory-object-store.ts'
import { MemorySecrets } from '#test/fakes/memory-secrets.ts'
import { MemoryDynamoStateStore } from '#test/fakes/memory-state-store.ts'
import { AthenaWarehouse } from './athena-warehouse.ts'
import { CognitoIdentity } from './cognito-identity.ts'
import { newKinesisClient } from './kinesis-client.ts'
import { KinesisEventLog } from './kinesis-event-log.ts'
import { S3ObjectStore } from './s3-object-store.ts'
import { SecretsManagerSecrets } from './secrets-manager-secrets.ts'

const BY_AGE_ALONE = 'records leave the stream by their age alone'

const kinesis: EventLogImplementation = {
  name: 'KinesisEventLog',
  open: async ({ shards }) => {
    const client = newKinesisClient()
    const streamName = `contract-${randomUUID()}`
    await client.send(new CreateStreamCommand({ StreamName: streamName, ShardCount: 2 }))
    const status = async () =>
      (await client.send(new DescribeStreamSummaryCommand({ StreamName: streamName }))).StreamDescriptionSummary
    while ((await status())?.StreamStatus !== 'ACTIVE') await new Promise((done) => setTimeout(done, 20))
    const [state, objects] = [new MemoryDynamoStateStore(), new MemoryObjectStore()]
    let refusal: string | undefined
    const refusing = {
      send: async (command: never) => {
        if (refusal !== undefined && (command as object) instanceof PutRecordsCommand)
          throw Object.assign(new Error(refusal), { name: 'LimitExceededException', $fault: 'client' })
        return client.send(command)
      },
    } as Pick<KinesisClient, 'send'>
    const opened = (): OpenLog => ({
      log: new KinesisEventLog({
        client: refusing,
        streamName,
        shards,
        state,
        objects,
        clock: systemClock,
        ids: randomIds,
        patienceMs: 300,
      }),
      reopen: async () => opened(),
      dropBefore: () => Promise.reject(new Error(BY_AGE_ALONE)),
      refuse: (why) => {
        refusal = why
      },
      close: async () => {
        await client.send(new DeleteStreamCommand({ StreamName: streamName })).catch(() => {}) // it was closed before
      },
    })
    return opened()
  },
  breaks: {
    'the status names the sequence of the next record': 'Kinesis gives a record its number when it comes',
    'records of any bytes and of up to 1 MiB come back as they were':
      'a record of Kinesis is 1 MiB with its key and its frame: ours may have 1 KiB less',
    'they go with their records, unless they are kept for ever': BY_AGE_ALONE,
    'what lies before is gone, what lies after is as it was': BY_AGE_ALONE,
    'sequences go on': BY_AGE_ALONE,
    'sequences go on even when nothing is left': BY_AGE_ALONE,
    'is one that has too much waiting for the disk': 'nothing waits for a disk: each call is sent as it comes',
  },
}

const s3: ObjectStoreImplementation = {
  name: 'S3ObjectStore',
  open: async () => {
    const client = new S3Client({ forcePathStyle: true })
    const bucket = `contract-${randomUUID()}`
    await client.send(new CreateBucketCommand({ Bucket: bucket }))
    const open = () => new S3ObjectStore(client, bucket)
    return {
      objects: open(),
      reopen: open,
      close: async () => {
        for (const name of await open().list('')) await open().delete(name)
        await client.send(new DeleteBucketCommand({ Bucket: bucket }))
      },
    }
  },
}

const secretsManager: SecretsImplementation = {
  name: 'SecretsManagerSecrets',
  open: async () => {
    const client = new SecretsManagerClient({})
    const prefix = `contract/${randomUUID()}/`
    const open = () => new SecretsManagerSecrets(client, prefix, systemClock)
    return { secrets: open(), reopen: open, close: async () => client.destroy() }
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
  const endpoint = endpointOnAws()
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

test.runIf(onAws([true]).length > 0)('an endpoint is given', () => {})
for (const implementation of onAws([kinesis])) eventLogContract(implementation)
const athena: WarehouseImplementation = {
  name: 'AthenaWarehouse',
  open: async () => {
    const s3Client = new S3Client({ forcePathStyle: true })
    const bucket = `contract-${randomUUID()}`
    for (const Bucket of [bucket, `${bucket}-found`]) await s3Client.send(new CreateBucketCommand({ Bucket }))
    const objects = new S3ObjectStore(s3Client, bucket)
    const [client, glue] = [new AthenaClient({}), new GlueClient({})]
    const database = bucket.replaceAll('-', '_')
    await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: database } }))
    const ResultConfiguration = { OutputLocation: `s3://${bucket}-found/` }
    await client.send(new CreateWorkGroupCommand({ Name: bucket, Configuration: { ResultConfiguration } }))
    const warehouse = new AthenaWarehouse({
      client,
      workGroup: bucket,
      database,
      glue,
      objects,
      bucket,
      ids: randomIds,
      newParquet: (columns) => new ParquetParts(columns),
      remainingMs: () => 900_000,
    })
    return {
      warehouse,
      objects,
      close: async () => {
        const left = await objects.list('')
        for (const name of left) await objects.delete(name)
        await s3Client.send(new DeleteBucketCommand({ Bucket: bucket }))
        await glue.send(new DeleteDatabaseCommand({ Name: database }))
        // Nothing outlives a query but what was asked for.
        expect(left.filter((name) => name.startsWith('athena/'))).toEqual([])
      },
    }
  },
}

for (const implementation of onAws([athena])) warehouseContract(implementation)
for (const implementation of onAws([s3])) objectStoreContract(implementation)
for (const implementation of onAws([secretsManager])) secretsContract(implementation)
for (const implementation of onAws([cognito])) identityContract(implementation)

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
