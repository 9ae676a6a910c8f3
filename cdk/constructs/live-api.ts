import { Fn, Stack, Validations } from 'aws-cdk-lib'
import { CfnApi, CfnAuthorizer, CfnIntegration, CfnRoute, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2'
import { CfnPermission } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import { isRight, type Manifest } from '#functions/manifest.ts'
import type { Config } from '../config.ts'
import type { Sockets } from './functions.ts'
import type { HouseFunction } from './house-function.ts'
import { invocationUri } from './invocation-uri.ts'

/** The stage is in the address: CloudFront hands `/ws` on as it is, and the socket has one origin with everything else. */
const STAGE = 'ws'

type SocketRoute = Manifest['sockets'][number]

/** The WebSocket API. It is there before the functions, which must know where to call its sockets back. */
export class LiveApi extends Construct implements Sockets {
  readonly apiId: string
  readonly stage = STAGE
  readonly callbackUrl: string
  /** For browsers. */
  readonly url: string

  constructor(scope: Construct, id: string, { emulator }: Config) {
    super(scope, id)
    const { region, urlSuffix, stackName } = Stack.of(this)
    const api = new CfnApi(this, 'Api', {
      name: stackName,
      protocolType: 'WEBSOCKET',
      routeSelectionExpression: '$request.body.action',
    })
    this.apiId = api.ref
    const host = Fn.join('', [this.apiId, '.execute-api.', region, '.', urlSuffix])
    this.callbackUrl = Fn.join(
      '',
      emulator ? [emulator.callbackUrl, '/', this.apiId, '/', STAGE] : ['https://', host, '/', STAGE],
    )
    this.url = emulator
      ? Fn.join('', [emulator.callbackUrl.replace(/^http/, 'ws'), '/', this.apiId, '/', STAGE])
      : Fn.join('', ['wss://', host, '/', STAGE])
  }

  /** Adds the manifest's socket routes; `$connect` asks the authorizer, and what follows on the socket is whose it was. */
  addRoutes(sockets: readonly SocketRoute[], functionOf: (runs: string) => HouseFunction, runs: HouseFunction): void {
    const authorizer = new CfnAuthorizer(this, 'Authorizer', {
      apiId: this.apiId,
      name: 'viewer',
      authorizerType: 'REQUEST',
      authorizerUri: invocationUri(runs),
      identitySource: [],
    })
    this.letInvoke('Authorizer', runs, 'authorizers/*')
    const integrations = new Map<string, CfnIntegration>()
    const routes = sockets.map(({ route, runs: name, guard }) => {
      const house = functionOf(name)
      let integration = integrations.get(name)
      if (integration === undefined) {
        integration = new CfnIntegration(this, `Integration-${name}`, {
          apiId: this.apiId,
          integrationType: 'AWS_PROXY',
          integrationUri: invocationUri(house),
        })
        integrations.set(name, integration)
        this.letInvoke(name, house, '*/*')
      }
      return this.addRoute(route, integration, isRight(guard) ? authorizer : undefined)
    })
    const stage = new CfnStage(this, 'Stage', {
      apiId: this.apiId,
      stageName: STAGE,
      autoDeploy: true,
      defaultRouteSettings: { throttlingRateLimit: 500, throttlingBurstLimit: 1000, detailedMetricsEnabled: true },
    })
    for (const route of routes) stage.addResourceDependency(route)
    Validations.of(stage).acknowledge({
      id: 'AwsSolutions-APIG1',
      reason:
        'Logs of a WebSocket API need a role that belongs to the whole account and region; the functions log each connection',
    })
  }

  private addRoute(routeKey: string, integration: CfnIntegration, authorizer: CfnAuthorizer | undefined): CfnRoute {
    const route = new CfnRoute(this, `Route-${routeKey.replace('$', '')}`, {
      apiId: this.apiId,
      routeKey,
      target: `integrations/${integration.ref}`,
      ...(authorizer ? { authorizationType: 'CUSTOM', authorizerId: authorizer.ref } : { authorizationType: 'NONE' }),
    })
    if (authorizer === undefined) {
      const reason =
        'A socket is authorised once, when it is opened: API Gateway allows an authorizer on $connect alone'
      Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason })
    }
    return route
  }

  private letInvoke(id: string, { invoked }: HouseFunction, resourceName: string): void {
    new CfnPermission(this, `MayInvoke-${id}`, {
      action: 'lambda:InvokeFunction',
      functionName: invoked.functionArn,
      principal: 'apigateway.amazonaws.com',
      sourceArn: Stack.of(this).formatArn({ service: 'execute-api', resource: this.apiId, resourceName }),
    })
  }
}
