/** Every source that has a webhook: adding one is a pure file, its cases, and a line here. */
import { SIMULATOR } from '../events/simulator-source.ts'
import { amazon } from './amazon.ts'
import { meesho } from './meesho.ts'
import { myntra } from './myntra.ts'
import { ownEvents } from './own-events.ts'
import { shopify } from './shopify.ts'
import { simpleSource } from './simple-form.ts'
import type { Source } from './source.ts'
import { isWooCommercePing, wooCommerce } from './woocommerce.ts'

/**
 * How a sender proves itself (`runtime/proofs.ts`).
 * - `standard-webhooks`: https://www.standardwebhooks.com, `webhook-id`, `webhook-timestamp`, `webhook-signature`.
 * - `shopify`, `woocommerce`: base64 of HMAC-SHA256 of the body, in a header of the vendor's own.
 * - `token`: the secret itself, as `authorization: Bearer` or `x-webhook-token`.
 */
export const PROOFS = ['standard-webhooks', 'shopify', 'woocommerce', 'token'] as const
export type Proof = (typeof PROOFS)[number]

export type Provider = {
  readonly name: string
  /** Those that it may use; the first where nothing is said. */
  readonly proofs: readonly [Proof, ...Proof[]]
  readonly source: Source
  /** Each shop counts its orders from one: two of them need two stores. */
  readonly numbersItsOwn?: true
  /** What it sends to find out whether somebody is there, unsigned: it is answered, and nothing is booked. */
  readonly isPing?: (body: Uint8Array, contentType: string | undefined) => boolean
}

const provider = (source: Source, ...proofs: Provider['proofs']): Provider => ({ name: source.name, proofs, source })

export const PROVIDERS: readonly Provider[] = [
  provider(amazon, 'token', 'standard-webhooks'),
  provider(myntra, 'token', 'standard-webhooks'),
  provider(meesho, 'token', 'standard-webhooks'),
  provider(shopify, 'shopify'),
  { ...provider(wooCommerce, 'woocommerce'), numbersItsOwn: true, isPing: isWooCommercePing },
  provider(simpleSource('generic'), 'standard-webhooks', 'token'),
]

export const providerOf = (name: string): Provider | undefined => PROVIDERS.find((each) => each.name === name)

/** The simulated online shop: it has a webhook like anybody's, and nobody connects it. */
const SIMULATED_SHOP = provider({ ...ownEvents, name: SIMULATOR }, 'standard-webhooks')

/** Whoever has connections: the providers that a merchant may connect, and the simulated shop. */
export const senderOf = (name: string): Provider | undefined => (name === SIMULATOR ? SIMULATED_SHOP : providerOf(name))
