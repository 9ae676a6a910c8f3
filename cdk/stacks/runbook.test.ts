import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App, Stack } from 'aws-cdk-lib'
import { Match, Template } from 'aws-cdk-lib/assertions'
import { Code } from 'aws-cdk-lib/aws-lambda'
import { afterAll, describe, expect, test } from 'vitest'
import { HELD_LINE } from '#core/held-line.ts'
import { manifest } from '#functions/manifest.ts'
import { buildApp } from '../build-app.ts'
import { readConfig } from '../config.ts'
import { readDefinition } from '../read-definition.ts'

type Alarm = { readonly Properties: { readonly AlarmDescription: string } }

const RUNBOOK = join(import.meta.dirname, '..', '..', 'docs', 'runbook')
const INDEX = 'README.md'
const HEADINGS = ['What it means', 'Who is hurt', 'What to look at', 'What to do']

/** No figure of CloudWatch tells it: other pages lead there. */
const WITHOUT_ALARM = ['table-lost.md']

const folder = mkdtempSync(join(tmpdir(), 'runbook-'))
writeFileSync(join(folder, 'index.mjs'), 'export const handler = () => {}\n')
afterAll(() => rmSync(folder, { recursive: true }))

const app = new App()
buildApp(app, {
  config: readConfig({ env: 'prod' }),
  manifest,
  codeOf: () => Code.fromAsset(folder),
  onnxRuntimeOf: () => Code.fromAsset(folder),
  duckDb: { processor: 'arm64', code: () => Code.fromAsset(folder) },
  definitionOf: readDefinition,
})
const templates = app.node.children.filter((it) => Stack.isStack(it)).map((it) => Template.fromStack(it))
const descriptions = templates.flatMap((it) =>
  Object.values(it.findResources('AWS::CloudWatch::Alarm') as Record<string, Alarm>).map(
    ({ Properties }) => Properties.AlarmDescription,
  ),
)
const outputs = new Set(templates.flatMap((it) => Object.keys(it.findOutputs('*'))))
const pages = readdirSync(RUNBOOK).filter((it) => it !== INDEX)
const textOf = (page: string) => readFileSync(join(RUNBOOK, page), 'utf8')

describe('alarms', () => {
  test('each names a page, and each page has an alarm, or is led to by one that has', () => {
    const named = descriptions.map((it) => /What to do: docs\/runbook\/([a-z-]+\.md)$/.exec(it)?.[1] ?? it)
    expect([...new Set([...named, ...WITHOUT_ALARM])].toSorted()).toEqual(pages.toSorted())
    for (const page of WITHOUT_ALARM)
      expect(pages.filter((other) => other !== page && textOf(other).includes(`](${page})`))).not.toEqual([])
  })

  test('reach the topic: what keeps it to TLS does not keep CloudWatch out', () => {
    const [stateful] = templates.filter((it) => Object.keys(it.findResources('AWS::SNS::Topic')).length > 0)
    stateful!.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: 'sns:Publish',
          }),
        ]),
      },
    })
  })

  test('one batch that is given up is enough', () => {
    const [operations] = templates.slice(-1)
    operations!.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'OnFailureDestinationDeliveredEventCount',
      DatapointsToAlarm: 1,
      EvaluationPeriods: 1,
      Threshold: 0,
    })
  })
})

describe('the operations stack', () => {
  const operations = templates.at(-1)!
  const metric = 'counterflow-prod-operations'

  test('hears of each batch with a document that was held, by what the function logs', () => {
    const [filter] = Object.values(operations.findResources('AWS::Logs::MetricFilter'))
    expect(filter!.Properties).toMatchObject({
      FilterPattern: `{ $.message = "*${HELD_LINE}*" }`,
      LogGroupName: { 'Fn::ImportValue': expect.stringMatching(/applyeventsLogGroup/) },
      MetricTransformations: [{ MetricNamespace: metric, MetricName: 'apply-events-held', MetricValue: '1' }],
    })
    operations.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: metric,
      MetricName: 'apply-events-held',
      Statistic: 'Sum',
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      EvaluationPeriods: 1,
      DatapointsToAlarm: 1,
      AlarmActions: Match.anyValue(),
    })
  })

  test.each(['IntegrationError', 'ExecutionError'])('hears of %s of sockets', (name) => {
    operations.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/ApiGateway',
      MetricName: name,
      Dimensions: [{ Name: 'ApiId', Value: { 'Fn::ImportValue': Match.stringLikeRegexp('LiveApi') } }],
      Threshold: 0,
      AlarmDescription: Match.stringLikeRegexp('^sockets fail: '),
    })
  })
})

describe('pages', () => {
  test.each(pages)('%s says what it means, who is hurt, what to look at and what to do', (page) => {
    expect([...textOf(page).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual(HEADINGS)
  })

  test.each(pages)('%s says how it was tried, or that it was not', (page) => {
    expect(textOf(page).match(/^Tried: /gm)).toHaveLength(1)
  })

  test('the index leads to each, and to no other', () => {
    const links = [...textOf(INDEX).matchAll(/\]\(([a-z-]+\.md)\)/g)].map(([, page]) => page)
    expect(links.toSorted()).toEqual(pages.toSorted())
  })

  test.each([INDEX, ...pages])('%s asks for outputs that there are', (page) => {
    for (const [, output] of textOf(page).matchAll(/\boutput_of \w+ (\w+)/g)) expect(outputs).toContain(output)
  })
})
