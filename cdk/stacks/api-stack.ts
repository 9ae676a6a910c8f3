import { CfnOutput, Fn, Stack, type StackProps } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { Functions } from '../constructs/functions.ts'
import { RouteApi } from '../constructs/route-api.ts'
import type { Deployment } from '../deployment.ts'

/** Questions and changes over HTTP. */
export class ApiStack extends Stack {
  readonly apiId: string
  /** Without a scheme. */
  readonly host: string

  constructor(scope: Construct, id: string, deployment: Deployment, functions: Functions, props: StackProps) {
    super(scope, id, props)
    const { config, manifest } = deployment
    const api = new RouteApi(this, 'Routes', {
      routes: manifest.routes,
      functionOf: (runs) => functions.in(this, runs),
      authorizer: functions.in(this, manifest.authorizer),
      origins: config.origins,
      requestsPerSecond: config.requestsPerSecond,
      logDays: config.logDays,
    })
    this.apiId = api.apiId
    this.host = Fn.join('', [api.apiId, '.execute-api.', this.region, '.', this.urlSuffix])
    const url = config.emulator ? [config.emulator.callbackUrl, '/', api.apiId, '/$default'] : ['https://', this.host]
    new CfnOutput(this, 'ApiUrl', { value: Fn.join('', url) })
    new CfnOutput(this, 'ApiId', { value: api.apiId })
  }
}
