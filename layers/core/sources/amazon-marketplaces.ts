import { currencyOfRegion } from './region-currency.ts'

/** https://developer-docs.amazon.com/sp-api/docs/marketplace-ids; the sales channel is the site as reports name it. */
const MARKETPLACES = [
  ['A2EUQ1WTGCTBG2', 'CA', 'Amazon.ca'],
  ['ATVPDKIKX0DER', 'US', 'Amazon.com'],
  ['A1AM78C64UM0Y8', 'MX', 'Amazon.com.mx'],
  ['A2Q3Y263D00KWC', 'BR', 'Amazon.com.br'],
  ['A28R8C7NBKEWEA', 'IE', 'Amazon.ie'],
  ['A1RKKUPIHCS9HS', 'ES', 'Amazon.es'],
  ['A1F83G8C2ARO7P', 'UK', 'Amazon.co.uk'],
  ['A13V1IB3VIYZZH', 'FR', 'Amazon.fr'],
  ['AMEN7PMS3EDWL', 'BE', 'Amazon.com.be'],
  ['A1805IZSGTT6HS', 'NL', 'Amazon.nl'],
  ['A1PA6795UKMFR9', 'DE', 'Amazon.de'],
  ['APJ6JRA9NG5V4', 'IT', 'Amazon.it'],
  ['A2NODRKZP88ZB9', 'SE', 'Amazon.se'],
  ['AE08WJ6YKNBMC', 'ZA', 'Amazon.co.za'],
  ['A1C3SOZRARQ6R3', 'PL', 'Amazon.pl'],
  ['ARBP9OOSHTCHU', 'EG', 'Amazon.eg'],
  ['A33AVAJ2PDY3EV', 'TR', 'Amazon.com.tr'],
  ['A17E79C6D8DWNP', 'SA', 'Amazon.sa'],
  ['A2VIGQ35RCS4UG', 'AE', 'Amazon.ae'],
  ['A21TJRUUN4KGV', 'IN', 'Amazon.in'],
  ['A19VAU5U5O7RUS', 'SG', 'Amazon.sg'],
  ['A39IBJ37TRP1C6', 'AU', 'Amazon.com.au'],
  ['A1VC38T7YXB528', 'JP', 'Amazon.co.jp'],
] as const

export type AmazonMarketplace = {
  /** As the simple form names it too: `amazon-in`. */
  readonly storeId: string
  readonly currency: string
  readonly salesChannel: string
}

const marketplaces = MARKETPLACES.map(([id, country, salesChannel]) => ({
  id,
  storeId: `amazon-${country.toLowerCase()}`,
  currency: currencyOfRegion(country)!,
  salesChannel,
}))

/** By Amazon's id of it. */
export const MARKETPLACE_OF_ID: ReadonlyMap<string, AmazonMarketplace> = new Map(
  marketplaces.map((one) => [one.id, one]),
)

/** By the site's name in lower case. */
export const MARKETPLACE_OF_SITE: ReadonlyMap<string, AmazonMarketplace> = new Map(
  marketplaces.map((one) => [one.salesChannel.toLowerCase(), one]),
)
