import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps, Validations } from 'aws-cdk-lib'
import {
  AccountRecovery,
  CfnUserPoolGroup,
  ClientAttributes,
  Mfa,
  StringAttribute,
  UserPool,
  type UserPoolClient,
} from 'aws-cdk-lib/aws-cognito'
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Stream, StreamEncryption, StreamMode } from 'aws-cdk-lib/aws-kinesis'
import { Key } from 'aws-cdk-lib/aws-kms'
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import { CfnTable as CfnTimestreamTable } from 'aws-cdk-lib/aws-timestream'
import type { Construct } from 'constructs'
import { ROLES } from '#core/access/rights.ts'
import { type Config, has } from '../config.ts'

/** `session-signing-key` of the accounts, `people` of the tokens that stand for customers. */
const OWN_SECRETS = ['session-signing-key', 'people'] as const
const OLD_VERSIONS = Duration.days(30)

/** All that remembers: the stream, the table, the bucket, the people. Everything else can be thrown away and made again. */
export class StatefulStack extends Stack {
  readonly table: Table
  readonly stream: Stream
  readonly objects: Bucket
  readonly pool: UserPool
  readonly client: UserPoolClient
  readonly alarms: Topic
  /** Minutes that are over, once more. */
  readonly windows: CfnTimestreamTable | undefined
  readonly key: Key | undefined
  readonly secretPrefix: string

  constructor(scope: Construct, id: string, config: Config, props: StackProps) {
    super(scope, id, { ...props, terminationProtection: config.retain })
    const removalPolicy = config.retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY
    this.secretPrefix = `counterflow/${config.stage}/`
    this.key = config.ownKey
      ? new Key(this, 'Key', { enableKeyRotation: true, removalPolicy, description: 'What Counterflow stores' })
      : undefined
    this.table = this.makeTable(config, removalPolicy)
    this.stream = this.makeStream(config, removalPolicy)
    this.objects = this.makeBucket(removalPolicy)
    this.pool = this.makePool(config, removalPolicy)
    this.client = this.makeClient(config)
    this.makeSecrets(removalPolicy)
    this.windows = this.makeWindows(config)
    this.alarms = new Topic(this, 'Alarms', { displayName: `Counterflow ${config.stage}`, enforceSSL: true })
    // A topic with a policy of its own has lost the default one, by which the account's alarms may publish.
    this.alarms.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.alarms.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    )
    if (config.alarmAddress !== undefined) this.alarms.addSubscription(new EmailSubscription(config.alarmAddress))
    this.tell(config)
  }

  private makeTable(config: Config, removalPolicy: RemovalPolicy): Table {
    return new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      timeToLiveAttribute: 'ttl',
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: config.retain,
      removalPolicy,
      ...(this.key
        ? { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: this.key }
        : { encryption: TableEncryption.AWS_MANAGED }),
    })
  }

  private makeStream({ stream, streamHours }: Config, removalPolicy: RemovalPolicy): Stream {
    const made = new Stream(this, 'Events', {
      retentionPeriod: Duration.hours(streamHours),
      removalPolicy,
      ...(stream === 'on-demand'
        ? { streamMode: StreamMode.ON_DEMAND }
        : { streamMode: StreamMode.PROVISIONED, shardCount: stream.shards }),
      ...(this.key
        ? { encryption: StreamEncryption.KMS, encryptionKey: this.key }
        : { encryption: StreamEncryption.MANAGED }),
    })
    if (this.key)
      Validations.of(made).acknowledge({
        id: 'AwsSolutions-KDS3',
        reason: 'The stream has the key of the account’s own that everything else here has, and it is rotated',
      })
    return made
  }

  /** In a database that the account has: it is closed to new ones. What it holds can be made again, so it goes with its stack. */
  private makeWindows({ timestream: databaseName, ...config }: Config): CfnTimestreamTable | undefined {
    if (databaseName === undefined || !has(config, 'timestream')) return undefined
    const table = new CfnTimestreamTable(this, 'Windows', {
      databaseName,
      tableName: `counterflow-${config.stage}-windows`,
      retentionProperties: { MemoryStoreRetentionPeriodInHours: '48', MagneticStoreRetentionPeriodInDays: '400' },
      // Minutes may be corrected when they have left the memory.
      magneticStoreWriteProperties: { EnableMagneticStoreWrites: true },
    })
    Validations.of(table).acknowledge({
      id: 'CloudFormation-Validate::W3697',
      reason: 'Only for accounts that still have it: docs/decisions/0023-timestream-is-off.md',
    })
    return table
  }

  private makeBucket(removalPolicy: RemovalPolicy): Bucket {
    const bucket = new Bucket(this, 'Objects', {
      versioned: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      removalPolicy,
      lifecycleRules: [
        // What a query of Athena leaves that was killed, and what it has found.
        { prefix: 'athena/', expiration: Duration.days(1), noncurrentVersionExpiration: Duration.days(1) },
        // The demo's story is written anew each minute.
        { prefix: 'simulator/', noncurrentVersionExpiration: Duration.days(1) },
        { noncurrentVersionExpiration: OLD_VERSIONS, abortIncompleteMultipartUploadAfter: Duration.days(7) },
      ],
      ...(this.key
        ? { encryption: BucketEncryption.KMS, encryptionKey: this.key, bucketKeyEnabled: true }
        : { encryption: BucketEncryption.S3_MANAGED }),
    })
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Only functions reach it; server access logs would be a second store to guard. CloudTrail data events where an account wants them',
    })
    return bucket
  }

  private makePool(config: Config, removalPolicy: RemovalPolicy): UserPool {
    const pool = new UserPool(this, 'People', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      // Of which merchant somebody is never changes; which stores are theirs may.
      customAttributes: {
        merchantId: new StringAttribute({ mutable: false, minLen: 1, maxLen: 100 }),
        stores: new StringAttribute({ mutable: true, minLen: 0, maxLen: 2048 }),
      },
      deletionProtection: config.retain,
      removalPolicy,
    })
    Validations.of(pool).acknowledge(
      {
        id: 'AwsSolutions-COG2',
        reason: 'A second factor is each merchant’s to ask for, as on one machine: optional here',
      },
      {
        id: 'AwsSolutions-COG3',
        reason:
          'Threat protection needs the Plus plan, which is priced by user; sign-in is limited by the engine itself',
      },
      {
        id: 'AwsSolutions-COG8',
        reason:
          'Threat protection needs the Plus plan, which is priced by user; sign-in is limited by the engine itself',
      },
    )
    for (const role of ROLES) {
      new CfnUserPoolGroup(this, `Role-${role}`, { userPoolId: pool.userPoolId, groupName: role })
    }
    return pool
  }

  /** Who signs in cannot change whose they are, or which stores they see: those are read, never written, by the client. */
  private makeClient({ emulator }: Config): UserPoolClient {
    const own = new ClientAttributes().withStandardAttributes({ email: true, fullname: true })
    return this.pool.addClient('Dashboard', {
      authFlows: { userSrp: true, ...(emulator ? { userPassword: true, adminUserPassword: true } : {}) },
      generateSecret: false,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      disableOAuth: true,
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(14),
      readAttributes: own.withCustomAttributes('merchantId', 'stores'),
      writeAttributes: own,
    })
  }

  /** Made before any function asks for them: two that start at once would each make their own. */
  private makeSecrets(removalPolicy: RemovalPolicy): void {
    for (const name of OWN_SECRETS) {
      const secret = new Secret(this, `Secret-${name}`, {
        secretName: this.secretPrefix + name,
        description: 'Counterflow made it at its first deployment',
        generateSecretString: {
          secretStringTemplate: '{}',
          generateStringKey: 'value',
          passwordLength: 43,
          excludePunctuation: true,
        },
        removalPolicy,
        ...(this.key && { encryptionKey: this.key }),
      })
      Validations.of(secret).acknowledge({
        id: 'AwsSolutions-SMG4',
        reason:
          'A new signing key would sign everybody out, and a new key of people would make strangers of customers.',
      })
    }
  }

  private tell({ logicalShards }: Config): void {
    new CfnOutput(this, 'TableName', { value: this.table.tableName })
    new CfnOutput(this, 'StreamName', { value: this.stream.streamName })
    new CfnOutput(this, 'LogicalShards', { value: String(logicalShards) })
    new CfnOutput(this, 'BucketName', { value: this.objects.bucketName })
    new CfnOutput(this, 'UserPoolId', { value: this.pool.userPoolId })
    new CfnOutput(this, 'UserPoolClientId', { value: this.client.userPoolClientId })
    new CfnOutput(this, 'SecretPrefix', { value: this.secretPrefix })
  }
}
