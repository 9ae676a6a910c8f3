/** Names of what runs the chains: functions are told them, and may use them, before it is there. */
import { Arn, ArnFormat, type Stack } from 'aws-cdk-lib'
import type { Config } from './config.ts'

export const machineName = ({ stage }: Config, chain: string): string => `counterflow-${stage}-${chain}`

export const machineArn = (stack: Stack, resourceName: string, resource = 'stateMachine'): string =>
  Arn.format({ service: 'states', resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME }, stack)

export type AthenaNames = { readonly workGroup: string; readonly database: string }

/** Undefined: nobody asks Athena. */
export const athenaOf = ({ athena, stage }: Config): AthenaNames | undefined =>
  athena ? { workGroup: `counterflow-${stage}`, database: `counterflow_${stage}_queries` } : undefined
