import { amazon } from './amazon.ts'
import { meesho } from './meesho.ts'
import { myntra } from './myntra.ts'
import { shopify } from './shopify.ts'
import { simpleSource } from './simple-form.ts'
import type { Source } from './source.ts'
import { wooCommerce } from './woocommerce.ts'

/** How a request may prove who sent it; the checks are the runtime's. */
export type Proof = 'standard-webhooks' | 'shopify' | 'woocommerce' | 'token'

export type RegisteredSource = {
  /** As it stands in the path, `/integrations/<name>/webhook/<connectionId>`, and in the events. */
  readonly name: string
  /** Those that a connection may use; the first unless it says otherwise. */
  readonly proofs: readonly [Proof, ...Proof[]]
  readonly source: Source
}

const sources: readonly RegisteredSource[] = [
  { name: 'amazon', proofs: ['standard-webhooks', 'token'], source: amazon },
  { name: 'myntra', proofs: ['token', 'standard-webhooks'], source: myntra },
  { name: 'meesho', proofs: ['token', 'standard-webhooks'], source: meesho },
  { name: 'shopify', proofs: ['shopify'], source: shopify },
  { name: 'woocommerce', proofs: ['woocommerce'], source: wooCommerce },
  { name: 'generic', proofs: ['standard-webhooks', 'token'], source: simpleSource('generic') },
]

/** Every source that a connection can have, by name. */
export const SOURCES: ReadonlyMap<string, RegisteredSource> = new Map(sources.map((one) => [one.name, one]))
