import { ExecutionAlreadyExists, type SFNClient } from '@aws-sdk/client-sfn'
import { expect, test } from 'vitest'
import { StepFunctionsExecutions } from './step-functions-executions.ts'

const PREFIX = 'arn:aws:states:us-east-1:1:stateMachine:counterflow-dev-'

/** Step Functions as its API's reference has it: a name that has ended is refused for ninety days. */
function machineThat(ended: object | undefined) {
  const asked: object[] = []
  const send = async ({ input }: { input: object }) => {
    asked.push(input)
    if ('executionArn' in input) return ended
    if (ended !== undefined) throw new ExecutionAlreadyExists({ message: 'it does', $metadata: {} })
    return {}
  }
  const client = { send: send as unknown as SFNClient['send'] }
  return { asked, executions: new StepFunctionsExecutions({ client, machinePrefix: PREFIX }) }
}

test('begins by name, at the machine of the chain', async () => {
  const { asked, executions } = machineThat(undefined)
  expect(await executions.begin('nightly', 'n', { date: '2026-03-01' })).toEqual({ status: 'running' })
  expect(asked).toEqual([{ stateMachineArn: `${PREFIX}nightly`, name: 'n', input: '{"date":"2026-03-01"}' }])
})

test.each([
  [{ status: 'SUCCEEDED' }, { status: 'succeeded' }],
  [{ status: 'RUNNING' }, { status: 'running' }],
  [
    { status: 'FAILED', error: 'CheckFailedError', cause: 'c' },
    { status: 'failed', error: 'CheckFailedError', cause: 'c' },
  ],
  [{ status: 'TIMED_OUT' }, { status: 'failed', error: 'Execution TIMED_OUT', cause: 'the execution is TIMED_OUT' }],
])('one of before is %j', async (described, status) => {
  const { asked, executions } = machineThat(described)
  expect(await executions.begin('nightly', 'n', {})).toEqual(status)
  expect(asked[1]).toEqual({ executionArn: 'arn:aws:states:us-east-1:1:execution:counterflow-dev-nightly:n' })
})
