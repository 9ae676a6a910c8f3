/** Calls of services for which the product has no client; whoever answers is an emulator, which checks no signature. */
const endpoint = () => process.env.AWS_ENDPOINT_URL!
const signedFor = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${process.env.AWS_REGION}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
})

// biome-ignore lint/suspicious/noExplicitAny: it answers many shapes
async function answerOf(response: Response): Promise<any> {
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.url} was answered ${response.status}: ${text.slice(0, 500)}`)
  return JSON.parse(text)
}

const logs = async (action: string, body: object) =>
  answerOf(
    await fetch(endpoint(), {
      method: 'POST',
      headers: {
        ...signedFor('logs'),
        'x-amz-target': `Logs_20140328.${action}`,
        'content-type': 'application/x-amz-json-1.1',
      },
      body: JSON.stringify(body),
    }),
  )

/** All that every function and API has logged so far. */
export const everyLog = async (): Promise<string> => [...(await logsByGroup()).values()].flat().join('\n')

export async function logsByGroup(): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>()
  const { logGroups } = await logs('DescribeLogGroups', {})
  for (const { logGroupName } of logGroups) {
    const lines: string[] = []
    found.set(logGroupName, lines)
    let nextToken: string | undefined
    do {
      const page = await logs('FilterLogEvents', { logGroupName, ...(nextToken && { nextToken }) })
      for (const { message } of page.events) lines.push(message)
      nextToken = page.nextToken
    } while (nextToken !== undefined)
  }
  return found
}

async function lambda(method: string, path: string, body?: object) {
  const response = await fetch(endpoint() + path, {
    method,
    headers: { ...signedFor('lambda'), 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  return response.status === 204 ? undefined : answerOf(response)
}

type Deployed = {
  readonly FunctionName: string
  readonly Description: string
  readonly Timeout: number
  readonly MemorySize: number
}
export const deployedFunctions = async (): Promise<Deployed[]> =>
  (await lambda('GET', '/2015-03-31/functions/?MaxItems=200')).Functions.filter(({ Description = '' }: Deployed) =>
    Description.startsWith('functions/'),
  )

/** The consumer of the stream takes nothing more, or goes on where it stopped. */
export async function pauseConsumer(isPaused: boolean): Promise<void> {
  const { EventSourceMappings } = await lambda('GET', '/2015-03-31/event-source-mappings/')
  for (const { UUID } of EventSourceMappings)
    await lambda('PUT', `/2015-03-31/event-source-mappings/${UUID}`, { Enabled: !isPaused })
}

/** They alone append nothing. */
const READERS = ['functions/answer-query', 'functions/authorize-viewer']

/** No function that could append anything is run, or all are again. */
export async function closeFunctions(areClosed: boolean): Promise<void> {
  for (const { FunctionName, Description } of await deployedFunctions()) {
    if (READERS.includes(Description)) continue
    const path = `/2017-10-31/functions/${FunctionName}/concurrency`
    if (areClosed) await lambda('PUT', path, { ReservedConcurrentExecutions: 0 })
    else await lambda('DELETE', path)
  }
}

/** Every function begins anew, with nothing in memory: so it does when its configuration changes. */
export async function restartFunctions(): Promise<void> {
  for (const { FunctionName, Timeout } of await deployedFunctions())
    await lambda('PUT', `/2015-03-31/functions/${FunctionName}/configuration`, { Timeout: Timeout + 1 })
}
