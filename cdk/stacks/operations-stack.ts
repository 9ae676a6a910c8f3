import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib'
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2'
import { CfnBudget } from 'aws-cdk-lib/aws-budgets'
import { ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import type { ITable } from 'aws-cdk-lib/aws-dynamodb'
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs'
import { type CustomThreshold, MonitoringFacade, SnsAlarmActionStrategy } from 'cdk-monitoring-constructs'
import type { Construct } from 'constructs'
import { HELD_LINE } from '#core/held-line.ts'
import { has } from '../config.ts'
import type { Functions } from '../constructs/functions.ts'
import type { StreamConsumer } from '../constructs/stream-consumer.ts'
import { type Deployment, hurtsOf, isDoor } from '../deployment.ts'
import { type Page, whatToDo } from '../runbook.ts'
import type { StatefulStack } from './stateful-stack.ts'

/** Screens may be this much behind before somebody is told. */
const LATE = Duration.minutes(1)
/** Half of the time that API Gateway waits would be too long already. */
const SLOW = Duration.seconds(2)
/** Of the budget. */
const WARNING_PERCENT = 80

const BLIND = 'merchants wait for their figures, or get none'
const UNMOVED = 'screens are not told what changes, and ask again and again'
const UNCOUNTED = 'what they say is in no figure until somebody mends them'
const UNSAVED = 'what happens is kept late, or turned away at the door with 503'

export type OperationsProps = StackProps & {
  readonly stateful: StatefulStack
  readonly functions: Functions
  readonly consumers: ReadonlyMap<string, StreamConsumer>
  readonly apiId: string
  readonly socketApiId: string
}

/** Who is told what, and the picture of it all. An alarm of each function is with the function. */
export class OperationsStack extends Stack {
  constructor(scope: Construct, id: string, deployment: Deployment, operations: OperationsProps) {
    const { stateful, functions, consumers, apiId, socketApiId, ...props } = operations
    super(scope, id, props)
    const { config, manifest } = deployment
    const told = (page: Page, hurts: string): Pick<CustomThreshold, 'alarmDescriptionOverride'> => ({
      alarmDescriptionOverride: `${hurts}. ${whatToDo(page)}`,
    })
    const throttled = (runs: string) => ({
      maxErrorCount: 0,
      ...told(
        'function-throttled',
        `functions/${runs} is called more often than the account lets it run: ${hurtsOf(manifest, runs)}`,
      ),
    })
    const facade = new MonitoringFacade(this, this.stackName, {
      alarmFactoryDefaults: {
        actionsEnabled: true,
        alarmNamePrefix: this.stackName,
        action: new SnsAlarmActionStrategy({ onAlarmTopic: stateful.alarms }),
      },
    })
    facade.addLargeHeader(`Counterflow ${config.stage}`)
    for (const [runs, { mapping }] of consumers) {
      const hurts = hurtsOf(manifest, runs)
      facade.monitorLambdaFunction({
        lambdaFunction: functions.in(this, runs).lambda,
        humanReadableName: runs,
        alarmFriendlyName: runs,
        isIterator: true,
        addThrottlesCountAlarm: { Throttled: throttled(runs) },
        addMaxIteratorAgeAlarm: {
          Late: { maxAgeInMillis: LATE.toMilliseconds(), ...told('stream-behind', `${runs} is behind: ${hurts}`) },
        },
      })
      const deadBatches = new Metric({
        namespace: 'AWS/Lambda',
        metricName: 'OnFailureDestinationDeliveredEventCount',
        dimensionsMap: { EventSourceMappingUUID: mapping.attrId },
        statistic: 'Sum',
      })
      facade.monitorCustom({
        humanReadableName: `${runs}: batches given up`,
        alarmFriendlyName: `${runs}-given-up`,
        metricGroups: [
          {
            title: 'Events of batches that were given up',
            metrics: [
              {
                metric: deadBatches,
                alarmFriendlyName: 'events',
                addAlarm: {
                  GivenUp: {
                    threshold: 0,
                    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
                    treatMissingDataOverride: TreatMissingData.NOT_BREACHING,
                    // A batch is given up once: nothing follows that a second look could wait for.
                    datapointsToAlarm: 1,
                    evaluationPeriods: 1,
                    ...told('batch-given-up', `${runs} gave up a batch, which lies in the bucket: ${hurts}`),
                  },
                },
              },
            ],
          },
        ],
      })
    }
    for (const runs of consumers.keys()) {
      const held = new MetricFilter(this, `${runs}-held`, {
        logGroup: functions.in(this, runs).logGroup,
        // A line is a text within the message of Lambda's own line: its words are looked for.
        filterPattern: FilterPattern.stringValue('$.message', '=', `*${HELD_LINE}*`),
        metricNamespace: this.stackName,
        metricName: `${runs}-held`,
        metricValue: '1',
      })
      facade.monitorCustom({
        humanReadableName: `${runs}: documents held`,
        alarmFriendlyName: `${runs}-held`,
        metricGroups: [
          {
            title: 'Batches with documents that were held',
            metrics: [
              {
                metric: held.metric({ statistic: 'Sum' }),
                alarmFriendlyName: 'batches',
                addAlarm: {
                  Held: {
                    threshold: 0,
                    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
                    treatMissingDataOverride: TreatMissingData.NOT_BREACHING,
                    // A document is held once: nothing follows that a second look could wait for.
                    datapointsToAlarm: 1,
                    evaluationPeriods: 1,
                    ...told('documents-held', `${runs} held documents that it cannot apply: ${UNCOUNTED}`),
                  },
                },
              },
            ],
          },
        ],
      })
    }
    const ofSockets = (metricName: string) =>
      new Metric({ namespace: 'AWS/ApiGateway', metricName, dimensionsMap: { ApiId: socketApiId }, statistic: 'Sum' })
    const failing = {
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingDataOverride: TreatMissingData.NOT_BREACHING,
      ...told('sockets-fail', `sockets fail: ${UNMOVED}`),
    }
    facade.monitorCustom({
      humanReadableName: 'Sockets',
      alarmFriendlyName: 'sockets',
      metricGroups: [
        {
          title: 'Connections and messages',
          metrics: [ofSockets('ConnectCount'), ofSockets('MessageCount'), ofSockets('ClientError')],
        },
        {
          title: 'Failures',
          metrics: ['IntegrationError', 'ExecutionError'].map((name) => ({
            metric: ofSockets(name),
            alarmFriendlyName: name,
            addAlarm: { Failing: failing },
          })),
        },
      ],
    })
    facade.monitorKinesisDataStream({
      streamName: stateful.stream.streamName,
      humanReadableName: 'events',
      alarmFriendlyName: 'events',
      addWriteProvisionedThroughputExceededAlarm: {
        Full: { maxRecordsThrottledThreshold: 0, ...told('stream-full', `the stream is full: ${UNSAVED}`) },
      },
    })
    facade.monitorDynamoTable({
      table: stateful.table as ITable,
      humanReadableName: 'table',
      alarmFriendlyName: 'table',
      addWriteThrottledEventsCountAlarm: {
        Throttled: {
          maxThrottledEventsThreshold: 0,
          ...told('table-writes-throttled', `the table throttles: ${UNSAVED}`),
        },
      },
      addReadThrottledEventsCountAlarm: {
        ReadsThrottled: {
          maxThrottledEventsThreshold: 0,
          ...told('table-reads-throttled', `the table throttles reads: ${BLIND}`),
        },
      },
    })
    facade.monitorApiGatewayV2HttpApi({
      api: HttpApi.fromHttpApiAttributes(this, 'Api', { httpApiId: apiId }),
      humanReadableName: 'API',
      alarmFriendlyName: 'api',
      add5xxCountAlarm: {
        Failing: { maxErrorCount: 0, ...told('api-fails', `the API answers 5xx: ${BLIND}, and marketplaces retry`) },
      },
      addLatencyP99Alarm: {
        Slow: {
          maxLatency: SLOW,
          datapointsToAlarm: 3,
          evaluationPeriods: 3,
          ...told('api-slow', `the API is slow: ${BLIND}`),
        },
      },
    })
    const doors = new Set(manifest.routes.filter(({ guard }) => isDoor(guard)).map(({ runs }) => runs))
    for (const runs of doors) {
      facade.monitorLambdaFunction({
        lambdaFunction: functions.in(this, runs).lambda,
        humanReadableName: runs,
        alarmFriendlyName: runs,
        addThrottlesCountAlarm: { Throttled: throttled(runs) },
      })
    }
    if (has(config, 'budget')) this.addBudget(deployment)
    const dashboard = `https://${this.region}.console.aws.amazon.com`
    new CfnOutput(this, 'OperationsUrl', { value: `${dashboard}/cloudwatch/home#dashboards:name=${this.stackName}` })
  }

  private addBudget({ config: { budgetUsd, alarmAddress, stage } }: Deployment): void {
    if (budgetUsd === undefined || alarmAddress === undefined) return
    new CfnBudget(this, 'Budget', {
      budget: {
        budgetName: `counterflow-${stage}`,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: budgetUsd, unit: 'USD' },
      },
      notificationsWithSubscribers: [
        {
          notification: { notificationType: 'ACTUAL', comparisonOperator: 'GREATER_THAN', threshold: WARNING_PERCENT },
          subscribers: [{ subscriptionType: 'EMAIL', address: alarmAddress }],
        },
      ],
    })
  }
}
