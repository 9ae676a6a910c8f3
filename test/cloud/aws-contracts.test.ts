/**
 * The adapters of AWS keep the contracts of their ports, each on a table, stream, bucket or pool of its own. Without one here:
 * `LiveChannel`, whose connections are those of a deployed API (a screen hears a sale in the other files), and `Notifier`,
 * since no emulator shows what a topic or a mailbox has got. Theirs are kept over models: `test/contract/live-channel.test.ts`,
 * `layers/adapters/aws/*-notifier.test.ts`.
 */
import { randomUUID } from 'node:crypto'
import { AthenaClient, CreateWorkGroupCommand, DeleteWorkGroupCommand } from '@aws-sdk/client-athena'
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
import { DeleteSecretCommand, paginateListSecrets, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { describe, expect, onTestFinished, test } from 'vitest'
import { AthenaWarehouse } from '#adapters/aws/athena-warehouse.ts'
import { CognitoIdentity } from '#adapters/aws/cognito-identity.ts'
import { newKinesisClient } from '#adapters/aws/kinesis-client.ts'
import { KinesisEventLog } from '#adapters/aws/kinesis-event-log.ts'
import { S3ObjectStore } from '#adapters/aws/s3-object-store.ts'
import { SecretsManagerSecrets } from '#adapters/aws/secrets-manager-secrets.ts'
import { LocalIdentity } from '#adapters/embedded/local-identity.ts'
import { randomIds, systemClock } from '#adapters/embedded/system-clock.ts'
import { type Clock, ConditionFailedError } from '#core/ports.ts'
import { EVERY_KEY } from '#core/row-key.ts'
import { ParquetParts } from '#runtime/parquet.ts'
import { type EventLogImplementation, eventLogContract, type OpenLog } from '../contract/event-log.contract.ts'
import { type IdentityImplementation, identityContract } from '../contract/identity.contract.ts'
import { type ObjectStoreImplementation, objectStoreContract } from '../contract/object-store.contract.ts'
import { type SecretsImplementation, secretsContract } from '../contract/secrets.contract.ts'
import { type OpenStore, type StateStoreImplementation, stateStoreContract } from '../contract/state-store.contract.ts'
import { type WarehouseImplementation, warehouseContract } from '../contract/warehouse.contract.ts'
import { MemoryObjectStore } from '../fakes/memory-object-store.ts'
import { MemorySecrets } from '../fakes/memory-secrets.ts'
import { MemoryDynamoStateStore } from '../fakes/memory-state-store.ts'
import { createStateTable } from './state-table.ts'

const dynamo: StateStoreImplementation = {
  name: 'DynamoStateStore',
  open: async () => {
    const table = await createStateTable(`contract-${randomUUID()}`)
    let closing: Promise<void> | undefined
    const opened = (): OpenStore => ({
      store: table.open(),
      settle: async () => {},
      reopen: async () => opened(),
      close: () => (closing ??= table.delete()),
    })
    return opened()
  },
}

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

async function newBucket() {
  const client = new S3Client({ forcePathStyle: true })
  const name = `contract-${randomUUID()}`
  await client.send(new CreateBucketCommand({ Bucket: name }))
  const open = () => new S3ObjectStore(client, name)
  return {
    name,
    open,
    /** Answers what was left in it. */
    delete: async () => {
      const left = await open().list('')
      for (const it of left) await open().delete(it)
      await client.send(new DeleteBucketCommand({ Bucket: name }))
      client.destroy()
      return left
    },
  }
}

const s3: ObjectStoreImplementation = {
  name: 'S3ObjectStore',
  open: async () => {
    const bucket = await newBucket()
    return { objects: bucket.open(), reopen: bucket.open, close: async () => void (await bucket.delete()) }
  },
}

const secretsManager: SecretsImplementation = {
  name: 'SecretsManagerSecrets',
  open: async () => {
    const client = new SecretsManagerClient({})
    const prefix = `contract/${randomUUID()}/`
    const open = () => new SecretsManagerSecrets(client, prefix, systemClock)
    const close = async () => {
      const Filters = [{ Key: 'name' as const, Values: [prefix] }]
      for await (const { SecretList = [] } of paginateListSecrets({ client }, { Filters }))
        for (const { ARN } of SecretList)
          await client.send(new DeleteSecretCommand({ SecretId: ARN, ForceDeleteWithoutRecovery: true }))
      client.destroy()
    }
    return { secrets: open(), reopen: open, close }
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

const athena: WarehouseImplementation = {
  name: 'AthenaWarehouse',
  open: async () => {
    const [bucket, found] = [await newBucket(), await newBucket()]
    const objects = bucket.open()
    const [client, glue] = [new AthenaClient({}), new GlueClient({})]
    const workGroup = bucket.name
    const database = bucket.name.replaceAll('-', '_')
    await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: database } }))
    const ResultConfiguration = { OutputLocation: `s3://${found.name}/` }
    await client.send(new CreateWorkGroupCommand({ Name: workGroup, Configuration: { ResultConfiguration } }))
    const warehouse = new AthenaWarehouse({
      client,
      workGroup,
      database,
      glue,
      objects,
      bucket: bucket.name,
      ids: randomIds,
      newParquet: (columns) => new ParquetParts(columns),
      remainingMs: () => 900_000,
    })
    return {
      warehouse,
      objects,
      close: async () => {
        const left = await bucket.delete()
        await found.delete()
        await glue.send(new DeleteDatabaseCommand({ Name: database }))
        await client.send(new DeleteWorkGroupCommand({ WorkGroup: workGroup, RecursiveDeleteOption: true }))
        // Nothing outlives a query but what was asked for.
        expect(left.filter((name) => name.startsWith('athena/'))).toEqual([])
      },
    }
  },
}

stateStoreContract(dynamo)
eventLogContract(kinesis)
objectStoreContract(s3)
secretsContract(secretsManager)
identityContract(cognito)
warehouseContract(athena)

test('DynamoStateStore: a guarded commit is decided once, and read by others when it is done', async () => {
  const opened = await dynamo.open()
  onTestFinished(() => opened.close())
  const guard = { table: 'checkpoints', key: '0' }
  const writes = Array.from({ length: 300 }, (_, i) => ({ table: 'rows', key: String(i), row: { n: i } }))
  const commit = async ({ store }: OpenStore, n: number, before: number | undefined) => {
    await store.guarded!.open(guard)
    const unmoved = before === undefined ? { ...guard, field: undefined } : { ...guard, field: 'n', equals: before }
    await store.guarded!.commit({ ...guard, row: { n } }, writes, unmoved)
  }
  await commit(opened, 1, undefined)
  const another = await opened.reopen()
  expect(await another.store.guarded!.open(guard)).toEqual({ n: 1 })
  expect((await another.store.query({ table: 'rows', range: EVERY_KEY })).length).toBe(300)
  await expect(commit(another, 2, 0)).rejects.toThrow(ConditionFailedError)
  await commit(another, 2, 1)
  await expect(commit(opened, 2, 1)).rejects.toThrow(ConditionFailedError)
  expect(await opened.store.get('checkpoints', '0')).toEqual({ n: 2 })
})

describe('CognitoIdentity', () => {
  const identityOf = (pool: ConstructorParameters<typeof CognitoIdentity>[1], clock: Clock = systemClock) =>
    new CognitoIdentity(new LocalIdentity(new MemoryDynamoStateStore(), new MemorySecrets(), clock), pool, clock)

  test('people of the pool come with their role, merchant and stores, by their id token alone', async () => {
    const { pool, tokensOf, close } = await newPool()
    onTestFinished(close)
    const manager = await tokensOf('mia', 'store-manager', { 'custom:merchantId': 'm', 'custom:stores': 's1,s2' })
    const nobody = await tokensOf('bo', undefined, { 'custom:merchantId': 'm' })
    const identity = identityOf(pool)
    const [head, claims, signature] = manager.id.split('.') as [string, string, string]
    const said = JSON.parse(Buffer.from(claims, 'base64url').toString())
    const seen = { merchantId: 'm', subject: said.sub, role: 'store-manager', stores: ['s1', 's2'] }
    expect(await identity.verify(manager.id)).toEqual({ ...seen, endsAt: said.exp * 1000 })
    expect(await identity.verify(manager.access)).toBeUndefined()
    expect(await identity.verify(nobody.id)).toBeUndefined()
    const forged = Buffer.from(JSON.stringify({ ...said, 'cognito:groups': ['owner'] })).toString('base64url')
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
