/** After `npm run destroy`: names whatever of the stage is still there, and ends with 1 then. `nothing-left.ts STAGE` */
import { CloudFormationClient, paginateDescribeStacks } from '@aws-sdk/client-cloudformation'
import { CognitoIdentityProviderClient, paginateListUserPools } from '@aws-sdk/client-cognito-identity-provider'
import { DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb'
import { KinesisClient, paginateListStreams } from '@aws-sdk/client-kinesis'
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3'
import { paginateListSecrets, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { deployedFunctions } from './service-calls.ts'

const [stage = ''] = process.argv.slice(2)
const names: (string | undefined)[] = (await deployedFunctions()).map(({ FunctionName }) => FunctionName)
for await (const { Stacks = [] } of paginateDescribeStacks({ client: new CloudFormationClient() }, {}))
  names.push(...Stacks.map(({ StackName }) => StackName))
for await (const { TableNames = [] } of paginateListTables({ client: new DynamoDBClient() }, {}))
  names.push(...TableNames)
for await (const { StreamNames = [] } of paginateListStreams({ client: new KinesisClient() }, {}))
  names.push(...StreamNames)
for await (const { SecretList = [] } of paginateListSecrets({ client: new SecretsManagerClient() }, {}))
  names.push(...SecretList.map(({ Name }) => Name))
for await (const { UserPools = [] } of paginateListUserPools(
  { client: new CognitoIdentityProviderClient() },
  { MaxResults: 60 },
))
  names.push(...UserPools.map(({ Name }) => Name))
const { Buckets = [] } = await new S3Client().send(new ListBucketsCommand())
names.push(...Buckets.map(({ Name }) => Name))

const left = names.filter(
  (name) => name?.startsWith(`counterflow-${stage}-`) || name?.startsWith(`counterflow/${stage}/`),
)
for (const name of left) console.error(`still there: ${name}`)
process.exitCode = left.length === 0 ? 0 : 1
