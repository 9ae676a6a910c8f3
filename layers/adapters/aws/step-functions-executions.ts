/** Executions of Step Functions: standard ones, of which a name is remembered for ninety days after they have ended. */
import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn'
import type { ExecutionStatus, Executions } from '#core/ports.ts'

export type StepFunctionsOptions = {
  readonly client: Pick<SFNClient, 'send'>
  /** `arn:aws:states:REGION:ACCOUNT:stateMachine:NAME-`: a chain's machine has the chain's name behind it. */
  readonly machinePrefix: string
}

export class StepFunctionsExecutions implements Executions {
  private readonly options: StepFunctionsOptions

  constructor(options: StepFunctionsOptions) {
    this.options = options
  }

  async begin(chain: string, name: string, input: object): Promise<ExecutionStatus> {
    const { client, machinePrefix } = this.options
    const stateMachineArn = machinePrefix + chain
    try {
      // One that works under this name and input is answered as if it began now.
      await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }))
      return { status: 'running' }
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) throw error
      return this.statusOf(`${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`)
    }
  }

  private async statusOf(executionArn: string): Promise<ExecutionStatus> {
    const { status, error, cause } = await this.options.client.send(new DescribeExecutionCommand({ executionArn }))
    if (status === 'SUCCEEDED') return { status: 'succeeded' }
    if (status === 'RUNNING' || status === 'PENDING_REDRIVE') return { status: 'running' }
    return { status: 'failed', error: error ?? `Execution ${status}`, cause: cause ?? `the execution is ${status}` }
  }
}
