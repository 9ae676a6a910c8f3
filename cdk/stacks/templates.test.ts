import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App, Stack } from 'aws-cdk-lib'
import { Match, Template } from 'aws-cdk-lib/assertions'
import { Code } from 'aws-cdk-lib/aws-lambda'
import { afterAll, describe, expect, test } from 'vitest'
import { type Manifest, manifest } from '#functions/manifest.ts'
import { buildApp } from '../build-app.ts'
import { readConfig } from '../config.ts'
import { rateOf } from '../constructs/scheduled-job.ts'
import { functionsIn, hurtsOf, withoutAbsent } from '../deployment.ts'
import { HouseChecks } from '../house-checks.ts'
import { readDefinition } from '../read-definition.ts'
import { isListed } from '../wildcards.ts'

type Ref = { readonly Ref: string }
type Alias = { readonly UpdatePolicy: Record<string, object>; readonly Properties: Record<string, unknown> }
type Resource = { readonly Type: string; readonly Properties?: Record<string, unknown> }

const folder = mkdtempSync(join(tmpdir(), 'templates-'))
writeFileSync(join(folder, 'index.mjs'), 'export const handler = () => {}\n')
afterAll(() => rmSync(folder, { recursive: true }))

/** The templates by stack, with a function that does nothing in the place of each. */
function synth(
  from: Manifest = manifest,
  given: { env?: string; emulator?: string; timestream?: string; demo?: string } = {},
) {
  const app = new App()
  const config = readConfig(given)
  buildApp(app, {
    config,
    manifest: from,
    codeOf: () => Code.fromAsset(folder),
    onnxRuntimeOf: () => Code.fromAsset(folder),
    duckDb: { processor: 'arm64', code: () => Code.fromAsset(folder) },
    definitionOf: readDefinition,
  })
  const stacks = app.node.children.filter((it) => Stack.isStack(it))
  const templates = new Map(stacks.map((it) => [it.stackName.split('-')[2]!, Template.fromStack(it)]))
  const resources = [...templates.values()].flatMap((it) =>
    Object.values(it.toJSON().Resources as Record<string, Resource>),
  )
  return { app, templates, of: (type: string) => resources.filter((it) => it.Type === type) }
}

const made = synth()
const deployed = withoutAbsent(manifest, readConfig({}))
const prod = synth(manifest, { env: 'prod' })
const stages = [
  ['dev', made],
  ['prod', prod],
] as const
const names = (resources: Resource[], property: string) => resources.map((it) => it.Properties?.[property])

describe('what the manifest says is there', () => {
  test('every route, socket route, consumer and schedule, and each function once', () => {
    const routes = names(made.of('AWS::ApiGatewayV2::Route'), 'RouteKey')
    expect(routes.toSorted()).toEqual(
      [...manifest.routes.map((it) => `${it.method} ${it.path}`), ...manifest.sockets.map((it) => it.route)].toSorted(),
    )
    expect(names(made.of('AWS::Lambda::Function'), 'Description').toSorted()).toEqual(
      functionsIn(deployed)
        .map((it) => `functions/${it}`)
        .toSorted(),
    )
    expect(made.of('AWS::Lambda::EventSourceMapping')).toHaveLength(manifest.consumers.length)
    expect(made.of('AWS::Scheduler::Schedule')).toHaveLength(deployed.schedules.length)
  })

  test('a route, socket route, consumer and schedule that are added are in the next synth', () => {
    const hurts = 'nobody'
    const more = synth({
      ...manifest,
      routes: [
        ...manifest.routes,
        { method: 'GET', path: '/more/{id}', runs: 'read-audit', guard: 'audit:read', hurts },
      ],
      sockets: [...manifest.sockets, { route: 'more', runs: 'hold-connection', guard: 'open', hurts }],
      consumers: [...manifest.consumers, { stream: 'events', runs: 'pass-time', batch: 7, waitMs: 2_000, hurts }],
      schedules: [...manifest.schedules, { name: 'more', everyMs: 7_200_000, runs: 'read-audit', hurts }],
    } as unknown as Manifest).templates
    more.get('api')!.hasResourceProperties('AWS::ApiGatewayV2::Route', {
      RouteKey: 'GET /more/{id}',
      AuthorizationType: 'CUSTOM',
    })
    more.get('live')!.hasResourceProperties('AWS::ApiGatewayV2::Route', { RouteKey: 'more' })
    more.get('stream')!.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 7,
      MaximumBatchingWindowInSeconds: 2,
    })
    more.get('schedules')!.hasResourceProperties('AWS::Scheduler::Schedule', { ScheduleExpression: 'rate(2 hours)' })
  })

  test('what needs native code has its layer, once in each stack, and nothing else has one', () => {
    const [first, ...rest] = manifest.schedules
    const needs = ['onnxruntime'] as const
    const { of, templates } = synth({
      ...manifest,
      consumers: manifest.consumers.map((it) => ({ ...it, needs })),
      schedules: [
        { ...first!, needs },
        ...rest,
        { name: 'again', runs: 'read-audit', everyMs: 60_000, hurts: '', needs },
      ],
    })
    const layersOf = (from: typeof of) => names(from('AWS::Lambda::LayerVersion'), 'Description').toSorted()
    // The API asks the warehouse; the chains make it too, and run models.
    const [duckDb, again, onnx] = layersOf(made.of)
    expect([duckDb, onnx]).toEqual([expect.stringContaining('DuckDB'), expect.stringContaining('onnxruntime')])
    expect(again).toBe(duckDb)
    expect(layersOf(of)).toEqual([duckDb, duckDb, onnx, onnx, onnx])
    for (const architectures of names(of('AWS::Lambda::LayerVersion'), 'CompatibleArchitectures'))
      expect(architectures).toEqual(['arm64'])
    templates.get('schedules')!.resourceCountIs('AWS::Lambda::LayerVersion', 1)
    const withLayer = of('AWS::Lambda::Function').filter(({ Properties }) => Properties?.Layers !== undefined)
    expect(names(withLayer, 'Description').toSorted()).toEqual(
      [
        ...['apply-events', 'export-table', 'manage-models', 'pass-time', 'read-audit', 'review-forecasts'],
        'run-step',
      ].map((it) => `functions/${it}`),
    )
  })

  test('a function that nobody has said the needs of is refused', () => {
    const route = { ...manifest.routes[0]!, runs: 'do-anything' }
    expect(() => synth({ ...manifest, routes: [route] })).toThrow('what functions/do-anything may touch: add it')
  })

  test('a right is asked for by the authorizer, what is open or proves itself is not', () => {
    for (const { method, path, guard } of manifest.routes) {
      made.templates.get('api')!.hasResourceProperties('AWS::ApiGatewayV2::Route', {
        RouteKey: `${method} ${path}`,
        AuthorizationType: guard === 'open' || guard === 'proof' ? 'NONE' : 'CUSTOM',
      })
    }
    made.templates.get('live')!.hasResourceProperties('AWS::ApiGatewayV2::Route', {
      RouteKey: '$connect',
      AuthorizationType: 'CUSTOM',
    })
  })

  test('each function has an alarm that says who is hurt', () => {
    const said = names(made.of('AWS::CloudWatch::Alarm'), 'AlarmDescription')
    for (const runs of functionsIn(deployed))
      expect(said).toContain(
        `functions/${runs} fails: ${hurtsOf(manifest, runs)}. What to do: docs/runbook/function-fails.md`,
      )
    for (const { Properties } of made.of('AWS::CloudWatch::Alarm')) expect(Properties?.AlarmActions).toHaveLength(1)
  })

  test.each([
    [1_000, 'rate(1 minute)'],
    [60_000, 'rate(1 minute)'],
    [120_000, 'rate(2 minutes)'],
    [5_400_000, 'rate(90 minutes)'],
    [3_600_000, 'rate(1 hour)'],
  ])('every %i ms is %s', (everyMs, rate) => expect(rateOf(everyMs)).toBe(rate))
})

describe('operations', () => {
  test('a consumer gives up a batch after a while, and says where it lies', () => {
    made.templates.get('stream')!.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRetryAttempts: 10,
      MaximumRecordAgeInSeconds: 21_600,
      ParallelizationFactor: 1,
      DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
    })
  })

  test.each(['apply-events', 'receive-webhook', 'collect-events'])('a new version of %s is tried first', (runs) => {
    const from = prod.templates.get(runs === 'apply-events' ? 'stream' : 'ingress')!
    const [id, alias] = Object.entries(from.findResources('AWS::Lambda::Alias') as Record<string, Alias>).find(
      ([name]) => name.startsWith(runs.replace('-', '')),
    )!
    const { ApplicationName, DeploymentGroupName } = alias.UpdatePolicy.CodeDeployLambdaAliasUpdate as Record<
      string,
      Ref
    >
    const group = from.findResources('AWS::CodeDeploy::DeploymentGroup')[DeploymentGroupName!.Ref]!.Properties
    expect(group).toMatchObject({
      ApplicationName,
      DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
      AutoRollbackConfiguration: { Enabled: true, Events: expect.arrayContaining(['DEPLOYMENT_STOP_ON_ALARM']) },
      AlarmConfiguration: { Enabled: true, Alarms: [{ Name: expect.anything() }] },
    })
    const alarm = from.findResources('AWS::CloudWatch::Alarm')[group.AlarmConfiguration.Alarms[0].Name.Ref]!.Properties
    const version = alias.Properties.FunctionVersion
    expect(alarm).toMatchObject({ MetricName: 'Errors', Threshold: 1, EvaluationPeriods: 1, Period: 60 })
    expect(alarm.Dimensions).toContainEqual({ Name: 'ExecutedVersion', Value: version })
    expect(alias.Properties.Name).toBe('live')
    expect(id).toContain('Alias')
  })

  test('what calls a function that is tried first calls its alias', () => {
    const text = JSON.stringify(prod.templates.get('stream')!.findResources('AWS::Lambda::EventSourceMapping'))
    expect(text).toMatch(/"FunctionName":\{"Ref":"applyeventsGradualAlias\w+"\}/)
    const api = prod.templates.get('api')!
    const integrations = Object.entries(api.findResources('AWS::ApiGatewayV2::Integration'))
    for (const runs of ['receivewebhook', 'collectevents', 'importrows']) {
      const [, { Properties }] = integrations.find(([id]) => id.includes(runs))! as [string, Resource]
      expect(JSON.stringify(Properties?.IntegrationUri)).toContain(`${runs}GradualAlias`)
      const permission = Object.entries(api.findResources('AWS::Lambda::Permission')).find(([id]) => id.includes(runs))!
      expect(JSON.stringify(permission[1].Properties.FunctionName)).toContain(`${runs}GradualAlias`)
    }
    expect(prod.of('AWS::Lambda::Alias')).toHaveLength(4)
  })

  test('a stage may do without, and an emulator does', () => {
    expect(made.of('AWS::Lambda::Alias')).toEqual([])
    expect(synth(manifest, { env: 'prod', emulator: 'ministack' }).of('AWS::CodeDeploy::Application')).toEqual([])
  })

  test('functions run on Node 24 and arm64, are traced, and log for a while', () => {
    for (const { Properties } of made.of('AWS::Lambda::Function')) {
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        TracingConfig: { Mode: 'Active' },
      })
    }
    for (const { Properties } of made.of('AWS::Logs::LogGroup')) expect(Properties?.RetentionInDays).toBe(7)
  })

  test('what remembers outlives its stack in production, and can be restored', () => {
    const kept = [
      'AWS::DynamoDB::Table',
      'AWS::Kinesis::Stream',
      'AWS::S3::Bucket',
      'AWS::Cognito::UserPool',
      'AWS::KMS::Key',
    ]
    for (const type of kept) prod.templates.get('stateful')!.hasResource(type, { DeletionPolicy: 'Retain' })
    prod.templates.get('stateful')!.hasResourceProperties('AWS::DynamoDB::Table', {
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: true,
    })
  })
})

describe('security', () => {
  test.each(stages)('%s: the AWS Solutions checks find nothing', (_name, { app }) => {
    const { success, violations } = new HouseChecks(app).validateScope(app)
    expect(violations).toEqual([])
    expect(success).toBe(true)
  })

  test.each(stages)('%s: no wildcard but those with a reason', (_name, { of }) => {
    const found = statementsOf([...of('AWS::IAM::Role'), ...of('AWS::IAM::Policy')]).flatMap(({ Action, Resource }) => {
      const actions = [Action].flat() as string[]
      const resources = [Resource].flat().map(written)
      return [
        ...actions.filter((it) => it.includes('*')),
        ...resources.filter((it) => it.includes('*') && !isListed(it, actions)),
      ]
    })
    expect(found).toEqual([])
  })

  test('a wildcard without a reason is found', () => {
    expect(isListed('*', ['s3:GetObject'])).toBe(false)
    expect(isListed('arn:aws:dynamodb:::table/*', ['dynamodb:GetItem'])).toBe(false)
    expect(isListed('arn:aws:sns:*:*:*', ['sns:Publish'])).toBe(false)
    expect(isListed('*', ['xray:PutTraceSegments'])).toBe(true)
  })

  test.each(stages)('%s: no bucket is public, none is reached without TLS', (_name, { of }) => {
    const closed = {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    }
    for (const { Properties } of of('AWS::S3::Bucket'))
      expect(Properties).toMatchObject({ PublicAccessBlockConfiguration: closed, BucketEncryption: expect.anything() })
    expect(of('AWS::S3::BucketPolicy')).toHaveLength(of('AWS::S3::Bucket').length)
    for (const policy of of('AWS::S3::BucketPolicy'))
      expect(JSON.stringify(policy)).toContain('{"Bool":{"aws:SecureTransport":"false"}}')
  })

  test.each(stages)('%s: CloudFront and its origins speak TLS alone', (_name, { of }) => {
    const text = JSON.stringify(of('AWS::CloudFront::Distribution'))
    expect(text).not.toContain('allow-all')
    expect(text).not.toContain('http-only')
    expect(text).not.toContain('match-viewer')
  })

  test.each(stages)('%s: a page may ask its own origin alone, where the socket is too', (_name, { of }) => {
    const [policy, ...others] = of('AWS::CloudFront::ResponseHeadersPolicy')
    expect(others).toEqual([])
    expect(JSON.stringify(policy)).toContain("; connect-src 'self';")
    const [site] = of('AWS::CloudFront::Distribution')
    const { CacheBehaviors } = site!.Properties!.DistributionConfig as { CacheBehaviors: { PathPattern: string }[] }
    expect(CacheBehaviors.map(({ PathPattern }) => PathPattern)).toContain('/ws')
  })

  test.each(stages)('%s: functions are told names, and no secret', (_name, { of }) => {
    const told = new Set(of('AWS::Lambda::Function').flatMap((it) => variablesOf(it)))
    expect([...told].toSorted()).toEqual([
      'ATHENA_DATABASE',
      'ATHENA_WORKGROUP',
      'BUCKET_NAME',
      'CHAINS_PREFIX',
      'LOGICAL_SHARDS',
      'MAIL_FROM',
      'SECRET_PREFIX',
      'STAGE',
      'STREAM_NAME',
      'TABLE_NAME',
      'TIMESTREAM_DATABASE',
      'TIMESTREAM_TABLE',
      'USER_POOL_CLIENT_ID',
      'USER_POOL_ID',
      'WS_CALLBACK_URL',
    ])
  })

  test('people cannot change of which merchant they are, or which stores they see', () => {
    made.templates.get('stateful')!.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      WriteAttributes: ['email', 'name'],
      ReadAttributes: Match.arrayWith(['custom:merchantId', 'custom:stores']),
    })
  })
})

test('the simulator sells where a stage is a demo, each minute, and is not even there elsewhere', () => {
  const schedules = (of: typeof made.of) => of('AWS::Scheduler::Schedule').map((it) => JSON.stringify(it.Properties))
  const [selling, ...more] = schedules(made.of).filter((it) => it.includes('sellfordemo'))
  expect([selling, more]).toEqual([expect.stringContaining('"rate(1 minute)"'), []])
  expect(made.templates.get('schedules')!.findResources('AWS::Lambda::Function')).toSatisfy((found: object) =>
    JSON.stringify(found).includes('functions/sell-for-demo'),
  )
  for (const { of } of [prod, synth(manifest, { emulator: 'ministack' })])
    expect(names(of('AWS::Lambda::Function'), 'Description')).not.toContain('functions/sell-for-demo')
  expect(schedules(synth(manifest, { env: 'prod', demo: 'true' }).of).join()).toContain('sellfordemo')
})

describe('Timestream', () => {
  const mirrored = synth(manifest, { timestream: 'shop' })

  test('is off unless a database is named, and where an emulator lacks it', () => {
    for (const { of } of [made, prod, synth(manifest, { emulator: 'ministack', timestream: 'shop' })]) {
      expect(of('AWS::Timestream::Table')).toEqual([])
      expect(names(of('AWS::Lambda::Function'), 'Description')).not.toContain('functions/mirror-windows')
    }
  })

  test('has a table there, which one function may write to each minute', () => {
    mirrored.templates.get('stateful')!.hasResourceProperties('AWS::Timestream::Table', {
      DatabaseName: 'shop',
      TableName: 'counterflow-dev-windows',
      MagneticStoreWriteProperties: { EnableMagneticStoreWrites: true },
    })
    const writers = mirrored.of('AWS::IAM::Role').filter((it) => JSON.stringify(it).includes('timestream:WriteRecords'))
    expect(writers).toHaveLength(1)
    expect(mirrored.of('AWS::Scheduler::Schedule')).toHaveLength(made.of('AWS::Scheduler::Schedule').length + 1)
    expect(new HouseChecks(mirrored.app).validateScope(mirrored.app).violations).toEqual([])
  })
})

test('an emulator is spared what it lacks, and is called back where it listens', () => {
  const { of } = synth(manifest, { emulator: 'ministack' })
  expect(of('AWS::Budgets::Budget')).toEqual([])
  const [{ Properties } = {}] = of('AWS::Lambda::Function')
  expect(JSON.stringify(Properties?.Environment)).toContain('/_aws/execute-api/')
})

type Statement = { readonly Action: unknown; readonly Resource: unknown }

function statementsOf(resources: Resource[]): Statement[] {
  return resources.flatMap(({ Properties = {} }) => {
    const policies = [Properties, ...((Properties.Policies as object[] | undefined) ?? [])]
    return policies.flatMap(
      (it) => (it as { PolicyDocument?: { Statement: Statement[] } }).PolicyDocument?.Statement ?? [],
    )
  })
}

/** A resource of a template as one text: names of what it refers to in the place of their values. */
function written(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(written).join('.')
  const [[name, inner] = ['', '']] = Object.entries(value as object)
  return name === 'Fn::Join' ? (inner as [string, unknown[]])[1].map(written).join('') : written(inner)
}

const variablesOf = ({ Properties }: Resource): string[] =>
  Object.keys((Properties?.Environment as { Variables?: object } | undefined)?.Variables ?? {})
