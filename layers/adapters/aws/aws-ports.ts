/** Every port on AWS, from what a function's environment says. */
import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { S3Client } from '@aws-sdk/client-s3'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SESv2Client } from '@aws-sdk/client-sesv2'
import { SFNClient } from '@aws-sdk/client-sfn'
import { SNSClient } from '@aws-sdk/client-sns'
import { TimestreamWriteClient } from '@aws-sdk/client-timestream-write'
import type { Machine } from '#core/ports.ts'
import { ChannelNotifier } from '../embedded/channel-notifier.ts'
import { LocalIdentity } from '../embedded/local-identity.ts'
import { LogNotifier } from '../embedded/log-notifier.ts'
import { randomIds, systemClock } from '../embedded/system-clock.ts'
import { WebhookNotifier, type WebhookNotifierOptions } from '../embedded/webhook-notifier.ts'
import { ApiGatewayLiveChannel } from './api-gateway-live-channel.ts'
import { CognitoIdentity } from './cognito-identity.ts'
import { DynamoStateStore } from './dynamo-state-store.ts'
import { newKinesisClient } from './kinesis-client.ts'
import { KinesisEventLog } from './kinesis-event-log.ts'
import { S3ObjectStore } from './s3-object-store.ts'
import { SecretsManagerSecrets } from './secrets-manager-secrets.ts'
import { SesNotifier } from './ses-notifier.ts'
import { SnsNotifier } from './sns-notifier.ts'
import { StepFunctionsExecutions } from './step-functions-executions.ts'
import { TimestreamWindowMirror } from './timestream-window-mirror.ts'

/** As `layers/runtime/env.ts` reads them. */
export type AwsSettings = {
  readonly TABLE_NAME: string
  readonly STREAM_NAME: string
  readonly LOGICAL_SHARDS: number
  readonly BUCKET_NAME: string
  readonly SECRET_PREFIX: string
  readonly WS_CALLBACK_URL: string
  readonly USER_POOL_ID: string
  readonly USER_POOL_CLIENT_ID: string
  readonly MAIL_FROM: string
  readonly TIMESTREAM_DATABASE: string
  readonly TIMESTREAM_TABLE: string
  readonly CHAINS_PREFIX: string
  readonly AWS_ENDPOINT_URL: string
}
export type AwsPortsOptions = {
  readonly settings: AwsSettings
  readonly sign: WebhookNotifierOptions['sign']
  /** Structured lines about what goes on. */
  readonly log: (line: object) => void
  /** How long one read of the log looks for records, ms; a function has little time. */
  readonly patienceMs?: number
}

const NO_MACHINE: Machine = { disk: () => undefined }

export function awsPorts({ settings, sign, log, patienceMs }: AwsPortsOptions) {
  const clock = systemClock
  const ids = randomIds
  const state = new DynamoStateStore({ client: new DynamoDBClient({}), tableName: settings.TABLE_NAME })
  const objects = new S3ObjectStore(new S3Client({}), settings.BUCKET_NAME)
  const secrets = new SecretsManagerSecrets(new SecretsManagerClient({}), settings.SECRET_PREFIX, clock)
  const accounts = new LocalIdentity(state, secrets, clock)
  const pool = {
    id: settings.USER_POOL_ID,
    clientId: settings.USER_POOL_CLIENT_ID,
    endpoint: settings.AWS_ENDPOINT_URL,
  }
  const { MAIL_FROM, STREAM_NAME, LOGICAL_SHARDS, WS_CALLBACK_URL } = settings
  const { TIMESTREAM_DATABASE: databaseName, TIMESTREAM_TABLE: tableName } = settings
  return {
    log: new KinesisEventLog({
      client: newKinesisClient(),
      streamName: STREAM_NAME,
      shards: LOGICAL_SHARDS,
      state,
      objects,
      clock,
      ids,
      ...(patienceMs !== undefined && { patienceMs }),
    }),
    state,
    objects,
    live: new ApiGatewayLiveChannel({ client: new ApiGatewayManagementApiClient({ endpoint: WS_CALLBACK_URL }) }),
    identity: pool.id === '' ? accounts : new CognitoIdentity(accounts, pool, clock),
    secrets,
    notifier: new ChannelNotifier({
      email: MAIL_FROM === '' ? undefined : new SesNotifier({ client: new SESv2Client({}), from: MAIL_FROM }),
      webhook: new WebhookNotifier({ clock, sign, privateAllowed: false }),
      topics: new SnsNotifier({ clientFor: (region) => new SNSClient({ region }), clock, sign }),
      log: new LogNotifier(log),
      warn: log,
    }),
    windows:
      databaseName === ''
        ? undefined
        : new TimestreamWindowMirror({ client: new TimestreamWriteClient({}), databaseName, tableName }),
    executions:
      settings.CHAINS_PREFIX === ''
        ? undefined
        : new StepFunctionsExecutions({ client: new SFNClient({}), machinePrefix: settings.CHAINS_PREFIX }),
    machine: NO_MACHINE,
    clock,
    ids,
  }
}
