import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { Functions } from '../constructs/functions.ts'
import { LiveApi } from '../constructs/live-api.ts'
import type { Deployment } from '../deployment.ts'
import type { StatefulStack } from './stateful-stack.ts'

/** Open sockets, and who may open one: the authorizer is the HTTP API's, too. */
export class LiveStack extends Stack {
  readonly api: LiveApi
  readonly functions: Functions

  constructor(scope: Construct, id: string, deployment: Deployment, stateful: StatefulStack, props: StackProps) {
    super(scope, id, props)
    const { config, manifest } = deployment
    this.api = new LiveApi(this, 'Live', config)
    this.functions = new Functions(deployment, stateful, this.api)
    const authorizer = this.functions.in(this, manifest.authorizer)
    this.api.addRoutes(manifest.sockets, (runs) => this.functions.in(this, runs), authorizer)
    new CfnOutput(this, 'SocketUrl', { value: this.api.url })
    new CfnOutput(this, 'SocketApiId', { value: this.api.apiId })
  }
}
