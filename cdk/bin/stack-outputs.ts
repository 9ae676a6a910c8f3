import { CloudFormationClient, paginateDescribeStacks } from '@aws-sdk/client-cloudformation'

/** What the stacks of a stage say about themselves, by name; `{}` where none is deployed. */
export async function outputsOf(stage: string): Promise<Readonly<Record<string, string>>> {
  const outputs: Record<string, string> = {}
  for await (const { Stacks = [] } of paginateDescribeStacks({ client: new CloudFormationClient() }, {})) {
    for (const { StackName = '', Outputs = [] } of Stacks) {
      if (!StackName.startsWith(`counterflow-${stage}-`)) continue
      for (const { OutputKey, OutputValue } of Outputs) if (OutputKey && OutputValue) outputs[OutputKey] = OutputValue
    }
  }
  return outputs
}
