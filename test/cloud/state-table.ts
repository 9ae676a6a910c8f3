/** A table of the shape that `DynamoStateStore` needs, made and deleted by the contract's suite. */
import { CreateTableCommand, DeleteTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb'
import { DynamoStateStore } from '#adapters/aws/dynamo-state-store.ts'

const MADE_WITHIN_S = 60

export type StateTable = {
  readonly client: DynamoDBClient
  /** A store on it, as another program would open one. */
  readonly open: () => DynamoStateStore
  readonly delete: () => Promise<void>
}

/** Where it is made: `AWS_ENDPOINT_URL`, `AWS_REGION`. */
export async function createStateTable(tableName: string): Promise<StateTable> {
  const client = new DynamoDBClient({})
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  )
  await waitUntilTableExists({ client, maxWaitTime: MADE_WITHIN_S, minDelay: 1 }, { TableName: tableName })
  return {
    client,
    open: () => new DynamoStateStore({ client, tableName }),
    delete: async () => {
      await client.send(new DeleteTableCommand({ TableName: tableName }))
      client.destroy()
    },
  }
}
