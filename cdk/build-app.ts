import { type App, Tags } from 'aws-cdk-lib'
import { has } from './config.ts'
import { type Deployment, withoutAbsent } from './deployment.ts'
import { ApiStack } from './stacks/api-stack.ts'
import { ChainsStack } from './stacks/chains-stack.ts'
import { IngressStack } from './stacks/ingress-stack.ts'
import { LiveStack } from './stacks/live-stack.ts'
import { OperationsStack } from './stacks/operations-stack.ts'
import { ScheduleStack } from './stacks/schedule-stack.ts'
import { StatefulStack } from './stacks/stateful-stack.ts'
import { StreamStack } from './stacks/stream-stack.ts'
import { WebStack } from './stacks/web-stack.ts'

/** The stacks of one stage: one that remembers, and those that can be thrown away and made again. */
export function buildApp(app: App, asked: Deployment): void {
  const { config } = asked
  const manifest = withoutAbsent(asked.manifest, config)
  const deployment = { ...asked, manifest }
  const env = { region: config.region, ...(config.account === undefined ? {} : { account: config.account }) }
  const at = (name: string, description: string) =>
    [
      `counterflow-${config.stage}-${name}`,
      { env, description: `Counterflow ${config.stage}: ${description}` },
    ] as const
  Tags.of(app).add('counterflow', config.stage)

  const [statefulId, statefulProps] = at('stateful', 'all that remembers')
  const stateful = new StatefulStack(app, statefulId, config, statefulProps)
  const [liveId, liveProps] = at('live', 'open sockets')
  const live = new LiveStack(app, liveId, deployment, stateful, liveProps)
  const { functions } = live
  const [streamId, streamProps] = at('stream', 'what becomes of events')
  const { consumers } = new StreamStack(app, streamId, manifest, functions, stateful, streamProps)
  const [schedulesId, schedulesProps] = at('schedules', 'what happens by itself')
  new ScheduleStack(app, schedulesId, manifest, functions, schedulesProps)
  const [chainsId, chainsProps] = at('chains', 'what happens at night')
  new ChainsStack(app, chainsId, deployment, functions, stateful, chainsProps)
  const [ingressId, ingressProps] = at('ingress', 'where events come in')
  new IngressStack(app, ingressId, manifest, functions, ingressProps)
  const [apiId, apiProps] = at('api', 'questions and changes')
  const api = new ApiStack(app, apiId, deployment, functions, apiProps)
  const [webId, webProps] = at('web', 'the dashboard')
  new WebStack(app, webId, config, { ...webProps, apiHost: api.host, socketApiId: live.api.apiId })
  if (!has(config, 'operations')) return
  const [operationsId, operationsProps] = at('operations', 'who is told what')
  new OperationsStack(app, operationsId, deployment, {
    ...operationsProps,
    stateful,
    functions,
    consumers,
    apiId: api.apiId,
    socketApiId: live.api.apiId,
  })
}
