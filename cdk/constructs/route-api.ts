import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib'
import { CfnApi, CfnAuthorizer, CfnIntegration, CfnRoute, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2'
import { CfnPermission } from 'aws-cdk-lib/aws-lambda'
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { isRight, type Route } from '#functions/manifest.ts'
import { isDoor } from '../deployment.ts'
import type { HouseFunction } from './house-function.ts'
import { invocationUri } from './invocation-uri.ts'

/** What a page of another origin may send along: never a cookie. */
const CORS_HEADERS = ['authorization', 'content-type', 'idempotency-key', 'if-match', 'if-none-match']
const CORS_SHOWN = ['etag', 'retry-after']
const CORS_SECONDS = 600
/** A line for each request: no address, no name, nothing of its body. */
const ACCESS_LOG = JSON.stringify({
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  route: '$context.routeKey',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  functionStatus: '$context.integrationStatus',
  error: '$context.integrationErrorMessage',
  authorizerError: '$context.authorizer.error',
})

export type RouteApiProps = {
  readonly routes: readonly Route[]
  readonly functionOf: (runs: string) => HouseFunction
  readonly authorizer: HouseFunction
  readonly origins: readonly string[]
  readonly requestsPerSecond: { readonly doors: number; readonly others: number }
  readonly logDays: number
}

/** The HTTP API: a route for each of the manifest's, one authorizer for those that need a right, a throttle for each. */
export class RouteApi extends Construct {
  readonly apiId: string
  private readonly props: RouteApiProps
  private readonly integrations = new Map<string, CfnIntegration>()

  constructor(scope: Construct, id: string, props: RouteApiProps) {
    super(scope, id)
    this.props = props
    const api = new CfnApi(this, 'Api', {
      name: Stack.of(this).stackName,
      protocolType: 'HTTP',
      ...(props.origins.length > 0 ? { corsConfiguration: corsOf(props.origins) } : {}),
    })
    this.apiId = api.ref
    const authorizer = this.addAuthorizer(props.authorizer)
    const routes = props.routes.map((route) => this.addRoute(route, authorizer))
    this.addStage(routes)
  }

  private addAuthorizer(runs: HouseFunction): CfnAuthorizer {
    this.letInvoke('Authorizer', runs, 'authorizers')
    return new CfnAuthorizer(this, 'Authorizer', {
      apiId: this.apiId,
      name: 'viewer',
      authorizerType: 'REQUEST',
      authorizerUri: invocationUri(runs),
      authorizerPayloadFormatVersion: '2.0',
      enableSimpleResponses: true,
      // A cookie or a bearer token, and either may end at any moment: nothing is required, nothing is kept.
      identitySource: [],
      authorizerResultTtlInSeconds: 0,
    })
  }

  private addRoute({ method, path, runs, guard }: Route, authorizer: CfnAuthorizer): CfnRoute {
    const routeKey = `${method} ${path}`
    const route = new CfnRoute(this, routeKey.replaceAll('/', '.'), {
      apiId: this.apiId,
      routeKey,
      target: `integrations/${this.integrationOf(runs).ref}`,
      ...(isRight(guard)
        ? { authorizationType: 'CUSTOM', authorizerId: authorizer.ref }
        : { authorizationType: 'NONE' }),
    })
    if (!isRight(guard)) {
      const reason =
        guard === 'proof'
          ? 'The function proves who sent it, before it reads it'
          : 'The manifest says that it is for everybody'
      Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason })
    }
    return route
  }

  /** One for each function, however many routes it has. */
  private integrationOf(runs: string): CfnIntegration {
    const known = this.integrations.get(runs)
    if (known !== undefined) return known
    const house = this.props.functionOf(runs)
    const made = new CfnIntegration(this, `Integration-${runs}`, {
      apiId: this.apiId,
      integrationType: 'AWS_PROXY',
      integrationUri: house.invoked.functionArn,
      payloadFormatVersion: '2.0',
    })
    this.letInvoke(runs, house, '*')
    this.integrations.set(runs, made)
    return made
  }

  private letInvoke(id: string, { invoked }: HouseFunction, what: 'authorizers' | '*'): void {
    new CfnPermission(this, `MayInvoke-${id}`, {
      action: 'lambda:InvokeFunction',
      functionName: invoked.functionArn,
      principal: 'apigateway.amazonaws.com',
      sourceArn: Stack.of(this).formatArn({
        service: 'execute-api',
        resource: this.apiId,
        resourceName: what === '*' ? '*/*' : 'authorizers/*',
      }),
    })
  }

  private addStage(routes: readonly CfnRoute[]): void {
    const { requestsPerSecond, logDays } = this.props
    const throttle = (perSecond: number) => ({ ThrottlingRateLimit: perSecond, ThrottlingBurstLimit: perSecond * 2 })
    const log = new LogGroup(this, 'Requests', {
      retention: logDays as RetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    const stage = new CfnStage(this, 'Stage', {
      apiId: this.apiId,
      stageName: '$default',
      autoDeploy: true,
      defaultRouteSettings: {
        throttlingRateLimit: requestsPerSecond.others,
        throttlingBurstLimit: requestsPerSecond.others * 2,
        detailedMetricsEnabled: true,
      },
      routeSettings: Object.fromEntries(
        this.props.routes.map(({ method, path, guard }) => [
          `${method} ${path}`,
          throttle(isDoor(guard) ? requestsPerSecond.doors : requestsPerSecond.others),
        ]),
      ),
      accessLogSettings: { destinationArn: log.logGroupArn, format: ACCESS_LOG },
    })
    // A throttle names a route, which must be there first.
    for (const route of routes) stage.addResourceDependency(route)
  }
}

const corsOf = (origins: readonly string[]): CfnApi.CorsProperty => ({
  allowOrigins: [...origins],
  allowMethods: ['GET', 'POST', 'PATCH', 'DELETE'],
  allowHeaders: CORS_HEADERS,
  exposeHeaders: CORS_SHOWN,
  maxAge: CORS_SECONDS,
})
