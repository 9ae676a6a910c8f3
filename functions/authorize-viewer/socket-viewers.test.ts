import type { APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda'
import { expect, test } from 'vitest'
import type { Viewer } from '#core/ports.ts'
import { issueTicket } from '#runtime/live-tickets.ts'
import { addMerchant } from '#runtime/merchants.ts'
import { contextWith } from '#runtime/ports.ts'
import { SESSION_COOKIE } from '#runtime/session-cookie.ts'
import { portsInTest } from '#test/fakes/ports-in-test.ts'
import { handler } from './handler.ts'

const ann: Viewer = { merchantId: 'm', subject: 'ann', role: 'analyst' }

async function newDoor() {
  const identity = {
    ...portsInTest().identity,
    present: async (viewer: Viewer) => viewer,
    verify: async (token: string) => (token === 'good' ? ann : undefined),
  }
  const ports = portsInTest({ identity })
  await addMerchant(ports, { id: 'm', name: 'M' })
  const authorize = async (event: Partial<APIGatewayRequestAuthorizerEventV2>) => {
    const { isAuthorized, context } = await handler(
      event as APIGatewayRequestAuthorizerEventV2,
      contextWith(ports, 'authorize-viewer'),
    )
    return isAuthorized ? context : undefined
  }
  return { ports, authorize }
}
const routeKey = '$connect'
const cookies = [`${SESSION_COOKIE}=good`]

test('a script’s socket is let in by its bearer token', async () => {
  const { authorize } = await newDoor()
  expect(await authorize({ routeKey, headers: { authorization: 'Bearer good' } })).toEqual({
    viewer: JSON.stringify(ann),
    missing: '',
  })
  expect(await authorize({ routeKey, headers: { authorization: 'Bearer bad' } })).toBeUndefined()
})

test('a page’s socket is let in by a ticket, once, and by no cookie', async () => {
  const { ports, authorize } = await newDoor()
  expect(await authorize({ routeKey, headers: {}, cookies })).toBeUndefined()
  const { ticket } = await issueTicket(ports, ann)
  const queryStringParameters = { ticket }
  expect(await authorize({ routeKey, headers: {}, cookies, queryStringParameters })).toMatchObject({
    viewer: JSON.stringify(ann),
  })
  expect(await authorize({ routeKey, headers: {}, cookies, queryStringParameters })).toBeUndefined()
})

test('a ticket lets in whoever its maker is by now, and nobody where they are nobody any more', async () => {
  const { ports, authorize } = await newDoor()
  const redeem = async (present: Viewer | undefined) => {
    ports.identity.present = async () => present
    const { ticket } = await issueTicket(ports, ann)
    return authorize({ routeKey, headers: {}, queryStringParameters: { ticket } })
  }
  const bob = { ...ann, stores: ['s1'] }
  expect(await redeem(bob)).toMatchObject({ viewer: JSON.stringify(bob) })
  expect(await redeem(undefined)).toBeUndefined()
})

test('a ticket is for the socket alone', async () => {
  const { ports, authorize } = await newDoor()
  const { ticket } = await issueTicket(ports, ann)
  expect(await authorize({ routeKey: 'GET /stock', headers: {}, queryStringParameters: { ticket } })).toBeUndefined()
  expect(await authorize({ routeKey: 'GET /stock', headers: {}, cookies })).toMatchObject({ missing: '' })
})

test('who may not see the catalogue may not listen, and is told what is missing', async () => {
  const { ports, authorize } = await newDoor()
  const { ticket } = await issueTicket(ports, { ...ann, scopes: ['events:send'] })
  expect(await authorize({ routeKey, headers: {}, queryStringParameters: { ticket } })).toMatchObject({
    missing: 'catalogue:read',
  })
})

test('API Gateway’s WebSocket API gets a policy for the one route that it asks about', async () => {
  const { ports } = await newDoor()
  const methodArn = 'arn:aws:execute-api:us-east-1:1:api/live/$connect'
  const ask = (more: object) =>
    handler(
      { methodArn, headers: null, queryStringParameters: null, requestContext: { routeKey }, ...more },
      contextWith(ports, 'authorize-viewer'),
    )
  const policy = (Effect: string) => ({
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect, Resource: methodArn }],
  })
  const denied = { principalId: 'nobody', policyDocument: policy('Deny') }
  const allowed = { principalId: 'ann', policyDocument: policy('Allow'), context: { viewer: JSON.stringify(ann) } }
  expect(await ask({})).toEqual(denied)
  expect(await ask({ headers: { Authorization: 'Bearer bad' } })).toEqual(denied)
  expect(await ask({ headers: { Authorization: 'Bearer good' } })).toEqual(allowed)
  expect(await ask({ headers: { Cookie: cookies[0] } })).toEqual(denied)
  const { ticket } = await issueTicket(ports, ann)
  expect(await ask({ queryStringParameters: { ticket } })).toEqual(allowed)
  expect(await ask({ queryStringParameters: { ticket } })).toEqual(denied)
  const { ticket: poor } = await issueTicket(ports, { ...ann, scopes: ['events:send'] })
  expect(await ask({ queryStringParameters: { ticket: poor } })).toEqual({
    principalId: 'ann',
    policyDocument: policy('Deny'),
  })
})
