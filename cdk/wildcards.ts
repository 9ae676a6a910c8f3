/** Every `*` that a policy of ours may hold, and why. A test finds any other one in the templates. */
type Wildcard = { readonly actions: RegExp; readonly resource: RegExp; readonly reason: string }

const WILDCARDS: readonly Wildcard[] = [
  {
    actions: /^xray:Put(TraceSegments|TelemetryRecords)$/,
    resource: /^\*$/,
    reason: 'X-Ray knows no resources: traces are written to all of it or not at all',
  },
  {
    actions: /^cloudwatch:DescribeAlarms$/,
    resource: /^\*$/,
    reason: 'alarms are described all together or not at all: CodeDeploy reads their states, and changes none',
  },
  {
    actions: /^timestream:DescribeEndpoints$/,
    resource: /^\*$/,
    reason: 'Timestream says by it where it is to be reached: it knows no resources',
  },
  {
    actions: /^logs:(CreateLogStream|PutLogEvents)$/,
    resource: /LogGroup\w+\.?Arn/,
    reason: 'a log group’s ARN ends with `:*`, its streams: each function has a group of its own',
  },
  {
    actions: /^s3:(Get|Put|Delete)Object$/,
    resource: /Objects\w+\.?Arn\w*>?\/\*$/,
    reason: 'objects are named by what is in them: the bucket is the function’s to read or write as a whole',
  },
  {
    actions: /^s3:((Get|Put|Delete)Object|AbortMultipartUpload|ListMultipartUploadParts)$/,
    resource: /Objects\w+\.?Arn\w*>?\/athena\/\*$/,
    reason: 'Athena names what it has found itself, and all of it lies there',
  },
  {
    actions: /^glue:\w+$/,
    resource: /:table\/counterflow_[a-z0-9]+_queries\/\*$/,
    reason: 'a query’s tables are named when it is asked, in a database where there is nothing else',
  },
  {
    actions: /^states:DescribeExecution$/,
    resource: /:execution:counterflow-[a-z0-9]+-[a-z]+:\*$/,
    reason: 'executions are named by their run: all of the chain’s own',
  },
  {
    actions:
      /^logs:(CreateLogDelivery|DeleteLogDelivery|DescribeLogGroups|DescribeResourcePolicies|GetLogDelivery|ListLogDeliveries|PutResourcePolicy|UpdateLogDelivery)$/,
    resource: /^\*$/,
    reason: 'Step Functions sets up its delivery of logs by these, which know no resources',
  },
  {
    actions: /^xray:GetSampling(Rules|Targets)$/,
    resource: /^\*$/,
    reason: 'X-Ray knows no resources: Step Functions asks it which executions to trace',
  },
  {
    actions: /^secretsmanager:/,
    resource: /:secret:counterflow\/[a-z0-9]+\/\*$/,
    reason: 'secrets are made while the engine runs, one for each way in: all of this stage’s begin alike',
  },
  {
    actions: /^sns:Publish$/,
    resource: /:sns:\*:\*:notices-\*$/,
    reason:
      'merchants bring topics of their own, in accounts of their own whose policies decide; other names are not theirs to name',
  },
  {
    actions: /^execute-api:ManageConnections$/,
    resource: /\/ws\/(POST|DELETE)\/@connections\/\*$/,
    reason: 'a connection has no name before somebody opens it',
  },
]

/** Whether this resource, written out, has its reason; with actions: for each of them. */
export const isListed = (resource: string, actions: readonly string[] = []): boolean =>
  WILDCARDS.some((it) => it.resource.test(resource) && actions.every((action) => it.actions.test(action)))
