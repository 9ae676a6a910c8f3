/** Policy statements for what functions need, action by action: no `*` but those of wildcards.ts. */
import { Arn, ArnFormat, type Stack } from 'aws-cdk-lib'
import type { Table } from 'aws-cdk-lib/aws-dynamodb'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Stream } from 'aws-cdk-lib/aws-kinesis'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import type { ILogGroup } from 'aws-cdk-lib/aws-logs'
import type { Bucket } from 'aws-cdk-lib/aws-s3'
import { TOPIC_PREFIX } from '#core/notices/topic-address.ts'
import { type AthenaNames, machineArn } from './chain-names.ts'
import type { Needs } from './function-needs.ts'

/** What there is to be touched. */
export type World = {
  readonly table: Table
  readonly stream: Stream
  readonly objects: Bucket
  /** What the names of this stage's secrets begin with. */
  readonly secretPrefix: string
  readonly key: IKey | undefined
  /** Of the WebSocket API. */
  readonly socketApiId: string
  readonly socketStage: string
  /** Of the Timestream table; undefined: there is none. */
  readonly windowsArn: string | undefined
  /** Names of the chains' state machines. */
  readonly chains: readonly string[]
  readonly athena: AthenaNames | undefined
  /** The verified sender. */
  readonly mailFrom: string | undefined
}

const allow = (resources: string[], ...actions: string[]): PolicyStatement =>
  new PolicyStatement({ actions, resources })

const TABLE_READ = ['GetItem', 'BatchGetItem', 'Query', 'ConditionCheckItem'].map((each) => `dynamodb:${each}`)
const TABLE_WRITE = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'].map((each) => `dynamodb:${each}`)
const STREAM_READ = ['DescribeStreamSummary', 'ListShards', 'GetShardIterator', 'GetRecords'].map(
  (each) => `kinesis:${each}`,
)
const STREAM_APPEND = ['kinesis:PutRecords']
const SECRETS_READ = ['secretsmanager:GetSecretValue']
const SECRETS_WRITE = ['CreateSecret', 'PutSecretValue', 'DeleteSecret'].map((each) => `secretsmanager:${each}`)

export const allowLogs = (group: ILogGroup): PolicyStatement =>
  allow([group.logGroupArn], 'logs:CreateLogStream', 'logs:PutLogEvents')

/** X-Ray knows no resources. */
export const allowTraces = (): PolicyStatement => allow(['*'], 'xray:PutTraceSegments', 'xray:PutTelemetryRecords')

/** What a state machine does: it calls functions, and writes down what it did. */
export const allowChain = (functionArns: string[]): PolicyStatement[] => [
  allow(functionArns, 'lambda:InvokeFunction'),
  allow(
    ['*'],
    ...['CreateLogDelivery', 'GetLogDelivery', 'UpdateLogDelivery', 'DeleteLogDelivery', 'ListLogDeliveries'].map(
      (each) => `logs:${each}`,
    ),
    ...['PutResourcePolicy', 'DescribeResourcePolicies', 'DescribeLogGroups'].map((each) => `logs:${each}`),
  ),
  allowTraces(),
  allow(['*'], 'xray:GetSamplingRules', 'xray:GetSamplingTargets'),
]

/** A stream consumer's own reading, by the service that invokes it. */
export const allowConsuming = (stream: Stream): PolicyStatement =>
  allow([stream.streamArn], 'kinesis:DescribeStream', ...STREAM_READ)

/** Where batches go that could not be applied. */
export const allowDeadBatches = (bucket: Bucket): PolicyStatement[] => [
  allow([bucket.arnForObjects('*')], 's3:PutObject'),
  allow([bucket.bucketArn], 's3:ListBucket'),
]

/** What CodeDeploy does: it looks at alarms, and moves calls from one version of a function to another. */
export const allowShifting = ({ functionArn }: IFunction, alias: string): PolicyStatement[] => [
  allow([functionArn], 'lambda:GetAlias', 'lambda:UpdateAlias'),
  allow([`${functionArn}:${alias}`], 'lambda:GetProvisionedConcurrencyConfig'),
  allow(['*'], 'cloudwatch:DescribeAlarms'),
]

/** Queries of one workgroup, over tables of one database. Athena reads and writes the bucket with the rights of who asks. */
function allowAthena(stack: Stack, { workGroup, database }: AthenaNames, { bucketArn }: Bucket): PolicyStatement[] {
  const ofGlue = (resource: string, resourceName?: string) =>
    Arn.format({ service: 'glue', resource, ...(resourceName === undefined ? {} : { resourceName }) }, stack)
  const tables = [ofGlue('catalog'), ofGlue('database', database), ofGlue('table', `${database}/*`)]
  return [
    allow(
      [Arn.format({ service: 'athena', resource: 'workgroup', resourceName: workGroup }, stack)],
      ...['StartQueryExecution', 'GetQueryExecution', 'GetQueryResults', 'StopQueryExecution'].map(
        (it) => `athena:${it}`,
      ),
    ),
    allow(
      tables,
      ...['GetDatabase', 'GetTable', 'GetPartitions', 'CreateTable', 'BatchDeleteTable'].map((it) => `glue:${it}`),
    ),
    allow([bucketArn], 's3:GetBucketLocation', 's3:ListBucketMultipartUploads'),
    allow(
      [`${bucketArn}/athena/*`],
      ...['GetObject', 'PutObject', 'DeleteObject', 'AbortMultipartUpload', 'ListMultipartUploadParts'].map(
        (it) => `s3:${it}`,
      ),
    ),
  ]
}

export function allowNeeds(stack: Stack, needs: Needs, world: World): PolicyStatement[] {
  const { table, stream, objects, key } = world
  const statements = [allow([table.tableArn], ...TABLE_READ, ...(needs.table === 'write' ? TABLE_WRITE : []))]
  if (needs.stream?.includes('read')) statements.push(allow([stream.streamArn], ...STREAM_READ))
  if (needs.stream?.includes('append')) statements.push(allow([stream.streamArn], ...STREAM_APPEND))
  if (needs.objects !== undefined) {
    const actions = needs.objects === 'write' ? ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'] : ['s3:GetObject']
    statements.push(allow([objects.arnForObjects('*')], ...actions), allow([objects.bucketArn], 's3:ListBucket'))
  }
  if (needs.secrets !== undefined) {
    const resource = Arn.format(
      {
        service: 'secretsmanager',
        resource: 'secret',
        resourceName: `${world.secretPrefix}*`,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      },
      stack,
    )
    statements.push(allow([resource], ...SECRETS_READ, ...(needs.secrets === 'write' ? SECRETS_WRITE : [])))
  }
  if (needs.sockets) {
    const resources = ['POST', 'DELETE'].map((method) => {
      const resourceName = `${world.socketStage}/${method}/@connections/*`
      return Arn.format({ service: 'execute-api', resource: world.socketApiId, resourceName }, stack)
    })
    statements.push(allow(resources, 'execute-api:ManageConnections'))
  }
  if (needs.notices) {
    const topic = { service: 'sns', region: '*', account: '*', resource: `${TOPIC_PREFIX}*` }
    statements.push(allow([Arn.format(topic, stack)], 'sns:Publish'))
  }
  if (needs.notices && world.mailFrom !== undefined) {
    const names = [world.mailFrom, world.mailFrom.split('@')[1]!]
    const resources = names.map((resourceName) =>
      Arn.format({ service: 'ses', resource: 'identity', resourceName }, stack),
    )
    statements.push(allow(resources, 'ses:SendEmail'))
  }
  if (needs.windows && world.windowsArn !== undefined)
    statements.push(allow([world.windowsArn], 'timestream:WriteRecords'), allow(['*'], 'timestream:DescribeEndpoints'))
  if (needs.chains) {
    const machines = world.chains.map((name) => machineArn(stack, name))
    const executions = world.chains.map((name) => machineArn(stack, `${name}:*`, 'execution'))
    statements.push(allow(machines, 'states:StartExecution'), allow(executions, 'states:DescribeExecution'))
  }
  if (needs.athena && world.athena !== undefined) statements.push(...allowAthena(stack, world.athena, objects))
  if (key !== undefined)
    statements.push(allow([key.keyArn], 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'))
  return statements
}
