/** Promotions: some products of a category are cheaper for some days, and people are told, in two variants. */
import { CATEGORIES } from './categories.ts'
import { customerId } from './customers.ts'
import { emit } from './emit.ts'
import { hourOfDay } from './local-time.ts'
import { announcePrice } from './prices.ts'
import { below, between, happens, type Random, uniform } from './random.ts'
import { STORE_PROFILES } from './store-profiles.ts'
import { CAMPAIGN_DAYS, campaignSize, campaignStarts, SHOWN_SHARE } from './trade-rates.ts'
import { type Campaign, CURRENCY, type Run, type World } from './world.ts'

const CLICK_SHARE = 0.06
const MINOR_PER_SHOWN = 30
const MINOR_PER_CLICK = 450
const VARIANTS = ['A', 'B'] as const

/** Of this day: campaigns end and begin, and prices with them. */
export function planCampaigns(run: Run): void {
  const { world, random } = run
  for (const campaign of world.campaigns) {
    if (campaign.endsOn > world.day) continue
    spend(run, campaign)
    for (const product of campaign.products) setDiscount(run, product, 0, 1)
  }
  world.campaigns = world.campaigns.filter(({ endsOn }) => endsOn > world.day)
  const starts = campaignStarts(world.products.length)
  for (let i = 0; i < Math.floor(starts) + (happens(random, starts % 1) ? 1 : 0); i++) begin(run)
}

function begin(run: Run): void {
  const { world, random, truth } = run
  const products = productsFor(world, random)
  if (products.length === 0) return
  const days = CAMPAIGN_DAYS[0] + below(random, CAMPAIGN_DAYS[1] - CAMPAIGN_DAYS[0] + 1)
  const clickShare = CLICK_SHARE * between(random, 0.6, 1.4)
  const campaign: Campaign = {
    id: `${world.key}-c${(world.counts.campaigns++).toString(36)}`,
    products,
    endsOn: world.day + days,
    discount: Math.round(between(random, 0.1, 0.35) * 20) / 20,
    uplift: Math.round(between(random, 1.2, 1.8) * 100) / 100,
    clickShares: [clickShare, clickShare * between(random, 0.7, 1.6)],
    shown: [0, 0],
    clicked: [0, 0],
  }
  world.campaigns.push(campaign)
  for (const product of products) setDiscount(run, product, campaign.discount, campaign.uplift)
  truth.push({
    kind: 'campaign',
    campaignId: campaign.id,
    productIds: products.map((product) => world.products[product]!.id),
    from: world.nowMs,
    to: hourOfDay(campaign.endsOn, 0),
    discount: campaign.discount,
    uplift: campaign.uplift,
    clickShares: { A: campaign.clickShares[0], B: campaign.clickShares[1] },
  })
}

/** Products of one category that are in no campaign. */
function productsFor({ products, discounts }: World, random: Random): number[] {
  const category = below(random, CATEGORIES.length)
  const count = campaignSize(products.length)
  const first = below(random, products.length)
  const found: number[] = []
  for (let i = 0; i < products.length && found.length < count; i++) {
    const product = (first + i) % products.length
    if (products[product]!.category === category && discounts[product] === 0) found.push(product)
  }
  return found
}

function setDiscount(run: Run, product: number, discount: number, uplift: number): void {
  run.world.discounts[product] = discount
  run.world.uplifts[product] = uplift
  announcePrice(run, product)
}

/** Shows a session a campaign, perhaps; answers the product to begin with when it is followed. */
export function campaignShownTo(run: Run, storeId: string, sessionId: string, customer: number): number | undefined {
  const { world, random } = run
  if (world.campaigns.length === 0 || !happens(random, SHOWN_SHARE)) return undefined
  const campaign = world.campaigns[below(random, world.campaigns.length)]!
  const variant = uniform(random) < 0.5 ? 0 : 1
  const product = campaign.products[below(random, campaign.products.length)]!
  const data = {
    campaignId: campaign.id,
    variant: VARIANTS[variant],
    productId: world.products[product]!.id,
    sessionId,
    ...(customer >= 0 && { customer: customerId(customer) }),
  }
  emit(run, 'campaign.shown', storeId, data)
  campaign.shown[variant]++
  if (!happens(random, campaign.clickShares[variant])) return undefined
  emit(run, 'campaign.clicked', storeId, data)
  campaign.clicked[variant]++
  return product
}

/** What campaigns have cost since they were last asked. */
export function spendOnCampaigns(run: Run): void {
  for (const campaign of run.world.campaigns) spend(run, campaign)
}

function spend(run: Run, { id: campaignId, shown, clicked }: Campaign): void {
  const { stores } = run.world
  const seller = stores.find(({ profile }) => STORE_PROFILES[profile]!.sells === 'online') ?? stores[0]!
  for (const [i, variant] of VARIANTS.entries()) {
    const amountMinor = shown[i]! * MINOR_PER_SHOWN + clicked[i]! * MINOR_PER_CLICK
    if (amountMinor > 0)
      emit(run, 'campaign.spent', seller.id, { campaignId, variant, amountMinor, currency: CURRENCY })
    shown[i] = 0
    clicked[i] = 0
  }
}
