import { Stack } from 'aws-cdk-lib'
import type { HouseFunction } from './house-function.ts'

/** A function as API Gateway's authorizers and sockets name it. */
export const invocationUri = ({ invoked }: HouseFunction): string =>
  Stack.of(invoked).formatArn({
    service: 'apigateway',
    account: 'lambda',
    resource: 'path/2015-03-31/functions',
    resourceName: `${invoked.functionArn}/invocations`,
  })
