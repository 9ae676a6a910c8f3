import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App, type Stack } from 'aws-cdk-lib'
import { Match, Template } from 'aws-cdk-lib/assertions'
import { Code } from 'aws-cdk-lib/aws-lambda'
import { afterAll, describe, expect, test } from 'vitest'
import { manifest } from '#functions/manifest.ts'
import { buildApp } from '../build-app.ts'
import { machineOf, oneAtOnce } from '../chain-machine.ts'
import { readConfig } from '../config.ts'
import { HouseChecks } from '../house-checks.ts'
import { readDefinition } from '../read-definition.ts'

const folder = mkdtempSync(join(tmpdir(), 'chains-'))
writeFileSync(join(folder, 'index.mjs'), 'export const handler = () => {}\n')
afterAll(() => rmSync(folder, { recursive: true }))

function synth(more: object = {}, processor: 'arm64' | 'x64' = 'arm64') {
  const app = new App()
  buildApp(app, {
    config: { ...readConfig({}), ...more },
    manifest,
    codeOf: () => Code.fromAsset(folder),
    onnxRuntimeOf: () => Code.fromAsset(folder),
    duckDb: { processor, code: () => Code.fromAsset(folder) },
    definitionOf: readDefinition,
  })
  const stackOf = (name: string) => app.node.findChild(`counterflow-dev-${name}`) as Stack
  return { app, templateOf: (name: string) => Template.fromStack(stackOf(name)) }
}

/** Of a machine, whatever is inside of what. */
const statesIn = (value: unknown): string[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, part]) => [
        ...(key === 'States' ? Object.keys(part) : []),
        ...statesIn(part),
      ])

const FUNCTION = 'arn:aws:lambda:::function:run-step'

describe('a machine', () => {
  test.each(manifest.workflows)(
    'of $chain is its file, unchanged but for the function, between two tasks',
    (workflow) => {
      const chain = readDefinition(workflow.definition)
      const same = machineOf(chain, workflow.runs, (runs) => `arn:aws:lambda:::function:${runs}`) as {
        States: { chain: { Branches: object[] } }
      }
      expect(same.States.chain.Branches).toEqual([chain])
      const text = JSON.stringify(machineOf(chain, workflow.runs, (runs) => `the ARN of ${runs}`))
      expect(text).not.toContain(FUNCTION)
      // As Step Functions asks, which the emulator does not.
      const names = statesIn(JSON.parse(text))
      expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
      expect(text.split('the ARN of run-step').length - 3).toBe(JSON.stringify(chain).split(FUNCTION).length - 1)
    },
  )
})

test('an emulator that takes no concurrency from a path makes one item after the other', () => {
  const text = JSON.stringify(oneAtOnce(readDefinition('workflows/nightly.asl.json')))
  expect(text).not.toContain('MaxConcurrencyPath')
  expect(text.split('"MaxConcurrency":1')).toHaveLength(3)
})

describe('the stack of the chains', () => {
  const { app, templateOf } = synth()
  const chains = templateOf('chains')

  test('a machine for each chain, traced, logged without what it was told, by a role that calls one function', () => {
    chains.resourceCountIs('AWS::StepFunctions::StateMachine', manifest.workflows.length)
    for (const { chain } of manifest.workflows)
      chains.hasResourceProperties('AWS::StepFunctions::StateMachine', {
        StateMachineName: `counterflow-dev-${chain}`,
        TracingConfiguration: { Enabled: true },
        LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
        DefinitionString: Match.anyValue(),
      })
    expect(JSON.stringify(chains.toJSON())).not.toContain(FUNCTION)
  })

  test('a run that fails, or is never over, is told', () => {
    for (const metric of ['ExecutionsFailed', 'ExecutionsTimedOut'])
      chains.resourcePropertiesCountIs(
        'AWS::CloudWatch::Alarm',
        { MetricName: metric, Namespace: 'AWS/States', Threshold: 1, EvaluationPeriods: 1 },
        manifest.workflows.length,
      )
  })

  test('a tick each quarter of an hour begins what is due', () => {
    templateOf('schedules').hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'rate(15 minutes)',
      Target: Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^startruns'), 'Arn'] } }),
    })
  })

  test('a step has the longest time that there is, a disk for what it asks, and both engines', () => {
    chains.hasResourceProperties('AWS::Lambda::Function', {
      Description: 'functions/run-step',
      Timeout: 900,
      EphemeralStorage: { Size: 10_240 },
      Architectures: ['arm64'],
      Layers: [Match.anyValue(), Match.anyValue()],
    })
  })

  test('it runs on the processor that DuckDB is installed for, which may be another one than the rest', () => {
    const { templateOf: of } = synth({}, 'x64')
    of('chains').hasResourceProperties('AWS::Lambda::Function', { Architectures: ['x86_64'] })
    of('chains').allResourcesProperties('AWS::Lambda::LayerVersion', { CompatibleArchitectures: ['x86_64'] })
  })

  test('begins and looks at executions of these machines alone', () => {
    const text = JSON.stringify(templateOf('api').toJSON())
    for (const { chain } of manifest.workflows) {
      expect(text).toContain(`:stateMachine:counterflow-dev-${chain}`)
      expect(text).toContain(`:execution:counterflow-dev-${chain}:*`)
    }
    expect(new HouseChecks(app).validateScope(app).violations).toEqual([])
  })
})

describe('Athena', () => {
  test('is not there unless a stage says so', () => {
    const chains = synth().templateOf('chains')
    chains.resourceCountIs('AWS::Athena::WorkGroup', 0)
    expect(JSON.stringify(chains.toJSON())).not.toContain('athena:')
  })

  test('is then asked by steps and by what answers from the warehouse, in a workgroup and a database of its own', () => {
    const { app, templateOf } = synth({ athena: true, ownKey: true })
    const chains = templateOf('chains')
    chains.hasResourceProperties('AWS::Athena::WorkGroup', {
      Name: 'counterflow-dev',
      WorkGroupConfiguration: Match.objectLike({ EnforceWorkGroupConfiguration: true }),
    })
    chains.hasResourceProperties('AWS::Glue::Database', { DatabaseInput: { Name: 'counterflow_dev_queries' } })
    expect(JSON.stringify(chains.toJSON())).toContain('athena:StartQueryExecution')
    const asking = Object.entries(templateOf('api').findResources('AWS::IAM::Role'))
      .filter(([, policy]) => JSON.stringify(policy).includes('athena:StartQueryExecution'))
      .map(([name]) => name.replace(/(Service)?Role[0-9A-F]*$/, ''))
    expect(asking.toSorted()).toEqual(['exporttable', 'managemodels', 'reviewforecasts'])
    expect(new HouseChecks(app).validateScope(app).violations).toEqual([])
  })
})
