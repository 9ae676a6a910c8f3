import { Stack, type StackProps } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { Manifest } from '#functions/manifest.ts'
import type { Functions } from '../constructs/functions.ts'
import { StreamConsumer } from '../constructs/stream-consumer.ts'
import type { StatefulStack } from './stateful-stack.ts'

/** What becomes of events. */
export class StreamStack extends Stack {
  readonly consumers: ReadonlyMap<string, StreamConsumer>

  constructor(
    scope: Construct,
    id: string,
    { consumers }: Manifest,
    functions: Functions,
    { stream, objects }: StatefulStack,
    props: StackProps,
  ) {
    super(scope, id, props)
    this.consumers = new Map(
      consumers.map(({ stream: name, runs, batch, waitMs }) => {
        const at = { runs: functions.in(this, runs), stream, batch, waitMs, deadBatches: objects }
        return [runs, new StreamConsumer(this, `${name}-${runs}-consumer`, at)]
      }),
    )
  }
}
