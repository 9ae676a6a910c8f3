/** A chain's States Language file as a state machine: itself unchanged, between the two tasks that begin and end its run. */
import type { ChainDefinition } from '#core/chains/chain-graph.ts'

/** Another run of the merchant works meanwhile. */
const WAIT_SECONDS = 60
/** As in the files themselves. */
const RETRY = [
  {
    ErrorEquals: [
      'ConditionFailedError',
      'Lambda.ServiceException',
      'Lambda.AWSLambdaException',
      'Lambda.SdkClientException',
      'Lambda.TooManyRequestsException',
    ],
    IntervalSeconds: 2,
    MaxAttempts: 6,
    BackoffRate: 2,
  },
]
/** Waiting for others, and its own states: a run that is not over after it is given up. */
const LONGEST_SECONDS = 24 * 3_600

/** What a Resource of the files names: `arn:aws:lambda:::function:run-step`. */
const FUNCTION = /^arn:aws:lambda:::function:(.+)$/

/** One map after the other item, whatever the definition's path would say: slower, and right. */
export const oneAtOnce = (chain: ChainDefinition): ChainDefinition =>
  JSON.parse(JSON.stringify(chain), (_name, value) => {
    if (typeof value !== 'object' || value === null || !('MaxConcurrencyPath' in value)) return value
    const { MaxConcurrencyPath: _, ...map } = value
    return { ...map, MaxConcurrency: 1 }
  })

/** `arnOf`: of the function in a folder. */
export function machineOf(chain: ChainDefinition, runs: string, arnOf: (runs: string) => string): object {
  const bound = (state: string, more: object) => ({
    Type: 'Task',
    Resource: arnOf(runs),
    Parameters: {
      state,
      'run.$': '$.run',
      'chain.$': '$.chain',
      'merchantId.$': '$.merchantId',
      'date.$': '$.date',
      'attempt.$': '$.attempt',
      'failure.$': '$.failure',
    },
    TimeoutSeconds: 300,
    Retry: RETRY,
    ...more,
  })
  return {
    Comment: 'The turn of the merchant is taken and the run begins; its chain; the run ends and the turn is given on.',
    StartAt: 'begin-run',
    TimeoutSeconds: LONGEST_SECONDS,
    States: {
      'begin-run': bound('begin-run', { ResultPath: '$.begun', Next: 'is-its-turn' }),
      'is-its-turn': {
        Type: 'Choice',
        Choices: [
          { Variable: '$.begun.turn', StringEquals: 'now', Next: 'chain' },
          { Variable: '$.begun.turn', StringEquals: 'later', Next: 'wait-for-turn' },
        ],
        Default: 'run-over',
      },
      'wait-for-turn': { Type: 'Wait', Seconds: WAIT_SECONDS, Next: 'begin-run' },
      chain: {
        Type: 'Parallel',
        Branches: [withArns(chain, arnOf)],
        ResultPath: null,
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'end-run' }],
        Next: 'end-run',
      },
      'end-run': bound('end-run', { ResultPath: null, Next: 'did-it-fail' }),
      'did-it-fail': {
        Type: 'Choice',
        Choices: [{ Variable: '$.failure', IsNull: true, Next: 'run-over' }],
        Default: 'run-failed',
      },
      // Names of states are unique in the whole machine, those of the chain's own file among them.
      'run-over': { Type: 'Succeed' },
      'run-failed': { Type: 'Fail', ErrorPath: '$.failure.Error', CausePath: '$.failure.Cause' },
    },
  }
}

function withArns(value: unknown, arnOf: (runs: string) => string): unknown {
  if (Array.isArray(value)) return value.map((part) => withArns(part, arnOf))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => {
      const runs = name === 'Resource' && typeof part === 'string' ? FUNCTION.exec(part)?.[1] : undefined
      return [name, runs === undefined ? withArns(part, arnOf) : arnOf(runs)]
    }),
  )
}
