import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App, Stack } from 'aws-cdk-lib'
import { Match, Template } from 'aws-cdk-lib/assertions'
import { Code } from 'aws-cdk-lib/aws-lambda'
import { afterAll, describe, expect, test } from 'vitest'
import { OPERATIONS } from '#core/api/operations.ts'
import { SECURITY_HEADERS } from '#core/api/security-headers.ts'
import { type Manifest, manifest } from '#functions/manifest.ts'
import { buildApp } from '../build-app.ts'
import { readConfig } from '../config.ts'
import { rateOf } from '../constructs/scheduled-job.ts'
import { ALARMS } from '../cost/monthly-cost.ts'
import { functionsIn, hurtsOf, isDoor, withoutAbsent } from '../deployment.ts'
import { needsOf } from '../function-needs.ts'
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
  stages?: Readonly<Record<string, unknown>>,
) {
  const app = new App()
  const config = readConfig(given, stages)
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
/** All that a stage may ask for. */
const FULL = {
  account: '123456789012',
  domain: { name: 'shop.example.com', certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/c' },
  webAclArn: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/w',
  retain: true,
  ownKey: true,
  streamHours: 48,
  stream: 'on-demand',
  alarmAddress: 'operator@example.com',
  budgetUsd: 250,
  mailFrom: 'shop@example.com',
  origins: ['https://pages.example.com'],
  athena: true,
  demo: true,
  reserveConcurrency: true,
  requestsPerSecond: { doors: 40, others: 5 },
}
const full = synth(manifest, { env: 'full', timestream: 'shop' }, { full: FULL })
const stages = [
  ['dev', made],
  ['prod', prod],
  ['full', full],
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

  test.each(stages)('%s: nobody publishes to a topic without TLS', (_name, { of }) => {
    const denied = { Effect: 'Deny', Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }
    expect(of('AWS::SNS::Topic').length).toBeGreaterThan(0)
    expect(of('AWS::SNS::TopicPolicy')).toHaveLength(of('AWS::SNS::Topic').length)
    for (const { Properties } of of('AWS::SNS::TopicPolicy'))
      expect(Properties!.PolicyDocument).toMatchObject({
        Statement: expect.arrayContaining([expect.objectContaining({ ...denied, Action: 'sns:Publish' })]),
      })
  })

  test.each(stages)('%s: CloudFront and its origins speak TLS alone', (_name, { of }) => {
    const text = JSON.stringify(of('AWS::CloudFront::Distribution'))
    expect(text).not.toContain('allow-all')
    expect(text).not.toContain('http-only')
    expect(text).not.toContain('match-viewer')
  })

  test('whoever says how far an answer is behind may read the stream', () => {
    const tell = ({ method, path }: (typeof manifest.routes)[number]) => {
      const { 200: answer } = OPERATIONS[`${method} ${path}`]!.answers
      return 'lagMs' in ((answer as { shape?: object } | undefined)?.shape ?? {})
    }
    const told = new Set(manifest.routes.filter(tell).map(({ runs }) => runs))
    expect(told.size).toBeGreaterThan(15)
    expect([...told].filter((runs) => !needsOf(runs).stream?.includes('read'))).toEqual([])
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

describe('the site', () => {
  type Behaviour = { readonly PathPattern?: string; readonly [property: string]: unknown }
  const web = prod.templates.get('web')!
  const [distribution] = Object.values(web.findResources('AWS::CloudFront::Distribution')) as [Resource]
  const { DefaultCacheBehavior, CacheBehaviors, Origins } = distribution.Properties!.DistributionConfig as {
    readonly DefaultCacheBehavior: Behaviour
    readonly CacheBehaviors: readonly Behaviour[]
    readonly Origins: readonly { readonly Id: string; readonly [property: string]: unknown }[]
  }
  const originOf = (behaviour: Behaviour) => Origins.find(({ Id }) => Id === behaviour.TargetOriginId)!
  const behaviourOf = (pattern: string) => CacheBehaviors.find(({ PathPattern }) => PathPattern === pattern)!

  test('is one origin: files under /app/, the socket at /ws, the API for the rest', () => {
    expect(CacheBehaviors.map(({ PathPattern }) => PathPattern)).toEqual(['/ws', '/app/*'])
    expect(originOf(behaviourOf('/app/*'))).toMatchObject({
      OriginAccessControlId: expect.anything(),
      S3OriginConfig: expect.anything(),
    })
    for (const behaviour of [DefaultCacheBehavior, behaviourOf('/ws')]) {
      expect(originOf(behaviour).CustomOriginConfig).toMatchObject({ OriginProtocolPolicy: 'https-only' })
      expect(behaviour.AllowedMethods).toEqual(expect.arrayContaining(['GET', 'POST', 'PATCH', 'DELETE']))
      // AWS's own policies: nothing is cached; all but the host is handed on, cookies and signatures too.
      expect(behaviour).toMatchObject({
        CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
        OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
      })
    }
  })

  test('answers everywhere with the headers of one machine, and asks for TLS next time', () => {
    const [headers] = Object.entries(web.findResources('AWS::CloudFront::ResponseHeadersPolicy')) as [
      [string, Resource],
    ]
    for (const { ResponseHeadersPolicyId } of [DefaultCacheBehavior, ...CacheBehaviors])
      expect(ResponseHeadersPolicyId).toEqual({ Ref: headers[0] })
    const { SecurityHeadersConfig: said, CustomHeadersConfig } = headers[1].Properties!.ResponseHeadersPolicyConfig as {
      readonly SecurityHeadersConfig: Readonly<Record<string, Readonly<Record<string, unknown>>>>
      readonly CustomHeadersConfig: { readonly Items: readonly { readonly Header: string; readonly Value: string }[] }
    }
    expect({
      'content-security-policy': said.ContentSecurityPolicy!.ContentSecurityPolicy,
      'x-content-type-options': said.ContentTypeOptions!.Override && 'nosniff',
      'referrer-policy': said.ReferrerPolicy!.ReferrerPolicy,
      ...Object.fromEntries(CustomHeadersConfig.Items.map(({ Header, Value }) => [Header, Value])),
    }).toEqual(SECURITY_HEADERS)
    expect(said.StrictTransportSecurity).toMatchObject({ AccessControlMaxAgeSec: 31_536_000, IncludeSubdomains: true })
  })

  type Asked = { readonly request: { uri: string } }
  const edge = Object.entries(web.findResources('AWS::CloudFront::Function')).map(
    ([id, { Properties }]) =>
      [id, new Function(`${Properties.FunctionCode}; return handler`)() as (asked: Asked) => object] as const,
  )
  const at = (name: string, uri: string) => edge.find(([id]) => id.startsWith(name))![1]({ request: { uri } })

  test.each([
    '/app/',
    '/app/alerts',
    '/app/item/SKU-1',
    '/app/item/SKU-1.5',
    '/app/item/kurta.XL',
    '/app/stores/shop.example',
    '/app/lineage/raw:sale_recorded:2026-03-01',
    '/app/item/assets',
  ])('%s is a page', (uri) => expect(at('Pages', uri)).toEqual({ uri: '/app/index.html' }))

  test.each([
    '/app/index.html',
    '/app/favicon.svg',
    '/app/sw.js',
    '/app/manifest.webmanifest',
    '/app/assets/shell-1.js',
  ])('%s is a file', (uri) => expect(at('Pages', uri)).toEqual({ uri }))

  test('whatever the dashboard ships with is a file', () => {
    const shipped = readdirSync(join(import.meta.dirname, '../../web/public'), { recursive: true, withFileTypes: true })
    const files = shipped
      .filter((it) => it.isFile())
      .map((it) => `/app/${it.parentPath.split('web/public')[1]}/${it.name}`)
    expect(files.length).toBeGreaterThan(4)
    for (const file of files.map((it) => it.replaceAll(/\/+/g, '/'))) expect(at('Pages', file)).toEqual({ uri: file })
  })

  test('leads from its root to the dashboard, and nothing else there', () => {
    for (const uri of ['/', '/app'])
      expect(at('Home', uri)).toMatchObject({ statusCode: 302, headers: { location: { value: '/app/' } } })
    for (const uri of ['/metrics', '/application']) expect(at('Home', uri)).toEqual({ uri })
  })

  test('has a domain, a certificate and a WAF where a stage names them', () => {
    full.templates.get('web')!.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Aliases: ['shop.example.com'],
        ViewerCertificate: { AcmCertificateArn: FULL.domain.certificateArn, MinimumProtocolVersion: 'TLSv1.2_2021' },
        WebACLId: FULL.webAclArn,
      },
    })
    full.templates.get('web')!.hasOutput('DashboardUrl', { Value: 'https://shop.example.com/app/' })
    expect(DefaultCacheBehavior.ViewerProtocolPolicy).toBe('redirect-to-https')
    expect(JSON.stringify(distribution)).not.toMatch(/Aliases|WebACLId/)
  })
})

describe('a stage that asks for everything', () => {
  test('throttles each route: doors as doors, the others as others', () => {
    type Throttles = Record<string, { ThrottlingRateLimit: number; ThrottlingBurstLimit: number }>
    const [stage] = Object.values(full.templates.get('api')!.findResources('AWS::ApiGatewayV2::Stage')) as [Resource]
    const settings = stage.Properties!.RouteSettings as Throttles
    expect(Object.keys(settings).toSorted()).toEqual(
      manifest.routes.map(({ method, path }) => `${method} ${path}`).toSorted(),
    )
    for (const { method, path, guard } of manifest.routes) {
      const [rate, burst] = isDoor(guard) ? [40, 80] : [5, 10]
      expect(settings[`${method} ${path}`]).toEqual({ ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst })
    }
    expect(stage.Properties!.DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: 5, ThrottlingBurstLimit: 10 })
  })

  test('lets pages of its origins ask by every method there is, without cookies', () => {
    const [api] = full.of('AWS::ApiGatewayV2::Api').filter(({ Properties }) => Properties?.ProtocolType === 'HTTP')
    const { AllowMethods } = api!.Properties!.CorsConfiguration as { readonly AllowMethods: readonly string[] }
    expect(AllowMethods.toSorted()).toEqual([...new Set(manifest.routes.map(({ method }) => method))].toSorted())
    full.templates.get('api')!.hasResourceProperties('AWS::ApiGatewayV2::Api', {
      CorsConfiguration: {
        AllowOrigins: FULL.origins,
        AllowHeaders: Match.arrayWith(['authorization', 'idempotency-key', 'if-match']),
        AllowCredentials: Match.absent(),
      },
    })
    prod.templates.get('api')!.hasResourceProperties('AWS::ApiGatewayV2::Api', { CorsConfiguration: Match.absent() })
  })

  test('has a stream on demand, and everything that is stored under a key of its own', () => {
    const stateful = full.templates.get('stateful')!
    const [key] = Object.keys(stateful.findResources('AWS::KMS::Key'))
    const arn = { 'Fn::GetAtt': [key, 'Arn'] }
    stateful.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true })
    stateful.hasResourceProperties('AWS::Kinesis::Stream', {
      StreamModeDetails: { StreamMode: 'ON_DEMAND' },
      ShardCount: Match.absent(),
      RetentionPeriodHours: 48,
      StreamEncryption: { EncryptionType: 'KMS', KeyId: arn },
    })
    stateful.hasResourceProperties('AWS::DynamoDB::Table', {
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: arn },
    })
    stateful.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: arn } },
        ],
      },
      VersioningConfiguration: { Status: 'Enabled' },
    })
    for (const { Properties } of full.of('AWS::SecretsManager::Secret')) expect(Properties?.KmsKeyId).toEqual(arn)
    made.templates.get('stateful')!.hasResourceProperties('AWS::Kinesis::Stream', {
      StreamModeDetails: { StreamMode: 'PROVISIONED' },
      ShardCount: 1,
      RetentionPeriodHours: 24,
    })
  })

  test('tells its address of alarms, and of the budget before it is spent', () => {
    full.templates.get('stateful')!.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: FULL.alarmAddress,
    })
    full.templates.get('operations')!.hasResourceProperties('AWS::Budgets::Budget', {
      Budget: { BudgetLimit: { Amount: 250, Unit: 'USD' }, TimeUnit: 'MONTHLY' },
      NotificationsWithSubscribers: [
        {
          Notification: { NotificationType: 'ACTUAL', ComparisonOperator: 'GREATER_THAN', Threshold: 80 },
          Subscribers: [{ SubscriptionType: 'EMAIL', Address: FULL.alarmAddress }],
        },
      ],
    })
    for (const { of } of [made, prod]) expect(of('AWS::Budgets::Budget')).toEqual([])
  })

  test('sends e-mail as its sender and nobody else', () => {
    const senders = (of: typeof full.of) =>
      statementsOf(of('AWS::IAM::Role')).filter(({ Action }) => [Action].flat().includes('ses:SendEmail'))
    expect(senders(prod.of)).toEqual([])
    expect(senders(full.of).length).toBeGreaterThan(0)
    for (const { Resource } of senders(full.of))
      expect([Resource].flat().map((it) => written(it).split(':').at(-1))).toEqual([
        'identity/shop@example.com',
        'identity/example.com',
      ])
  })

  test('keeps jobs that must not overlap to one execution', () => {
    const alone = manifest.schedules.filter(({ overlaps }) => !overlaps).map(({ runs }) => `functions/${runs}`)
    const others = new Set(manifest.schedules.filter(({ overlaps }) => overlaps).map(({ runs }) => `functions/${runs}`))
    const reserved = full
      .of('AWS::Lambda::Function')
      .filter(({ Properties }) => Properties?.ReservedConcurrentExecutions !== undefined)
    for (const { Properties } of reserved) expect(Properties?.ReservedConcurrentExecutions).toBe(1)
    expect(names(reserved, 'Description').toSorted()).toEqual([...new Set(alone)].toSorted())
    expect(alone.filter((it) => others.has(it))).toEqual([])
    for (const { Properties } of made.of('AWS::Lambda::Function'))
      expect(Properties?.ReservedConcurrentExecutions).toBeUndefined()
  })
})

/** What no emulator refuses. Quotas of CloudFormation, IAM, Lambda and API Gateway, each of which would end a deployment. */
describe.each(stages)('%s: what AWS has no room for', (_name, { templates, of }) => {
  test('is in no template', () => {
    for (const template of templates.values()) {
      const { Resources, Outputs = {} } = template.toJSON()
      expect(Object.keys(Resources).length).toBeLessThanOrEqual(500)
      expect(Object.keys(Outputs).length).toBeLessThanOrEqual(200)
      expect(JSON.stringify(template.toJSON()).length).toBeLessThan(1_000_000)
    }
  })

  test('is in no role, function, alarm or API', () => {
    for (const { Properties } of of('AWS::IAM::Role')) {
      const policies = (Properties?.Policies ?? []) as readonly { readonly PolicyDocument: object }[]
      const characters = policies.map(({ PolicyDocument }) => JSON.stringify(PolicyDocument).length)
      expect(characters.reduce((sum, each) => sum + each, 0)).toBeLessThan(10_240)
    }
    for (const { Properties } of of('AWS::Lambda::Function')) {
      const variables = (Properties!.Environment as { readonly Variables: object }).Variables
      expect(JSON.stringify(variables).length).toBeLessThan(4_096)
      expect(Properties?.MemorySize).toBeLessThanOrEqual(3_008)
      expect(Properties?.Timeout).toBeLessThanOrEqual(900)
    }
    for (const said of names(of('AWS::CloudWatch::Alarm'), 'AlarmDescription'))
      expect(String(said).length).toBeLessThanOrEqual(1_024)
    expect(of('AWS::ApiGatewayV2::Route').length).toBeLessThanOrEqual(300)
  })
})

test('what a month costs counts the alarms that there are', () => {
  expect(prod.of('AWS::CloudWatch::Alarm')).toHaveLength(ALARMS)
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
